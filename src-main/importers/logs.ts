import type { LogImporter } from '../platform/importer.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { geminiCli } from './gemini-cli.ts';
import { heliconeRequestsJson } from './helicone-requests-json.ts';
import { langfuseObservationsJson } from './langfuse-observations-json.ts';
import { litellmLogs } from './litellm-logs.ts';
import { litellmReport } from './litellm-report.ts';
import { mistralUsage } from './mistral-usage.ts';
import { opencode } from './opencode.ts';
import { portkey } from './portkey.ts';
import { qwenCode } from './qwen-code.ts';
import { cline } from './cline.ts';
import { clineCli } from './cline-cli.ts';
import { kiloCode } from './kilo-code.ts';
import { rooCode } from './roo-code.ts';

/** Logs tools keep on this machine: one row each. */
export const logImporters = [
  claudeCode,
  codex,
  geminiCli,
  opencode,
  qwenCode,
  heliconeRequestsJson,
  langfuseObservationsJson,
  litellmLogs,
  litellmReport,
  mistralUsage,
  portkey,
  cline,
  clineCli,
  kiloCode,
  rooCode,
] as const satisfies readonly LogImporter[];
