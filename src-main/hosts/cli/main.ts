const neededMajor = 24;
const [major = 0] = process.versions.node.split('.').map(Number);

if (major < neededMajor) {
  process.stderr.write(`LLMLab needs Node ${neededMajor} or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Loaded only now: an older Node would stop at its syntax with a message nobody can use.
  (await import('../../platform/compile-cache.ts')).enableCompileCache();
  const [{ runCli }, { processIo }] = await Promise.all([import('./run.ts'), import('./io.ts')]);
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}

export {};
