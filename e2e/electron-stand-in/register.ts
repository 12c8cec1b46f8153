import { registerHooks } from 'node:module';

/** Resolves `electron` to the stand-in, for the built bundle and for the packages it loads. */
const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
