import type { LogImporter } from '../platform/importer.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { geminiCli } from './gemini-cli.ts';
import { opencode } from './opencode.ts';
import { qwenCode } from './qwen-code.ts';

/** Logs tools keep on this machine: one row each. */
export const logImporters = [
  claudeCode,
  codex,
  geminiCli,
  opencode,
  qwenCode,
] as const satisfies readonly LogImporter[];
