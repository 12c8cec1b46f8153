import type { LogImporter } from '../platform/importer.ts';
import { claudeCode } from './claude-code.ts';
import { clineCli } from './cline-cli.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { crush } from './crush.ts';
import { forge } from './forge.ts';
import { geminiCli } from './gemini-cli.ts';
import { googleBigquery } from './google-bigquery.ts';
import { goose } from './goose.ts';
import { heliconeRequestsJson } from './helicone-requests-json.ts';
import { hermes } from './hermes.ts';
import { kiloCode } from './kilo-code.ts';
import { langfuseObservationsJson } from './langfuse-observations-json.ts';
import { litellmLogs } from './litellm-logs.ts';
import { litellmReport } from './litellm-report.ts';
import { llm } from './llm.ts';
import { mistralUsage } from './mistral-usage.ts';
import { opencode } from './opencode.ts';
import { portkey } from './portkey.ts';
import { qwenCode } from './qwen-code.ts';
import { rooCode } from './roo-code.ts';
import { vercelGateway } from './vercel-gateway.ts';
import { xaiUsage } from './xai-usage.ts';
import { zcode } from './zcode.ts';
import { zed } from './zed.ts';
import { copilotCli } from './copilot-cli.ts';

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
  llm,
  zcode,
  zed,
  vercelGateway,
  xaiUsage,
  copilotCli,
] as const satisfies readonly LogImporter[];
