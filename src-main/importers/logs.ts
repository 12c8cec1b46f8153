import type { LogImporter } from '../platform/importer.ts';
import { aider } from './aider.ts';
import { aiderChatHistory } from './aider-chat-history.ts';
import { amazonQuick } from './amazon-quick.ts';
import { amp } from './amp.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { clineCli } from './cline-cli.ts';
import { codebuff } from './codebuff.ts';
import { codewhale } from './codewhale.ts';
import { codex } from './codex.ts';
import { continueDev } from './continue.ts';
import { copilotCli } from './copilot-cli.ts';
import { copilotOtel } from './copilot-otel.ts';
import { copilotTraces } from './copilot-traces.ts';
import { crush } from './crush.ts';
import { droid } from './droid.ts';
import { forge } from './forge.ts';
import { geminiCli } from './gemini-cli.ts';
import { googleBigquery } from './google-bigquery.ts';
import { goose } from './goose.ts';
import { grokBuild } from './grok-build.ts';
import { heliconeRequestsJson } from './helicone-requests-json.ts';
import { hermes } from './hermes.ts';
import { kiloCode } from './kilo-code.ts';
import { kimiCli } from './kimi-cli.ts';
import { kimiCode } from './kimi-code.ts';
import { langfuseObservationsJson } from './langfuse-observations-json.ts';
import { lingtai } from './lingtai.ts';
import { litellmLogs } from './litellm-logs.ts';
import { litellmReport } from './litellm-report.ts';
import { llmCli } from './llm-cli.ts';
import { lmStudio } from './lm-studio.ts';
import { mistralUsage } from './mistral-usage.ts';
import { mistralVibe } from './mistral-vibe.ts';
import { mux } from './mux.ts';
import { omp } from './omp.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';
import { pi } from './pi.ts';
import { portkey } from './portkey.ts';
import { qwenCode } from './qwen-code.ts';
import { rooCode } from './roo-code.ts';
import { vercelGateway } from './vercel-gateway.ts';
import { xaiUsage } from './xai-usage.ts';
import { zcode } from './zcode.ts';
import { zedAgent } from './zed-agent.ts';
import { zerostack } from './zerostack.ts';

/** Logs tools keep on this machine: one row each. */
export const logImporters = [
  claudeCode,
  codex,
  geminiCli,
  opencode,
  qwenCode,
  heliconeRequestsJson,
  langfuseObservationsJson,
  googleBigquery,
  litellmLogs,
  litellmReport,
  mistralUsage,
  portkey,
  cline,
  clineCli,
  kiloCode,
  rooCode,
  crush,
  forge,
  goose,
  hermes,
  llmCli,
  zcode,
  zedAgent,
  vercelGateway,
  xaiUsage,
  copilotCli,
  amazonQuick,
  amp,
  codebuff,
  codewhale,
  droid,
  grokBuild,
  kimiCli,
  kimiCode,
  lingtai,
  lmStudio,
  mistralVibe,
  mux,
  omp,
  openclaw,
  pi,
  zerostack,
  copilotTraces,
  copilotOtel,
  continueDev,
  aider,
  aiderChatHistory,
] as const satisfies readonly LogImporter[];
