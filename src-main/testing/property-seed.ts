import fc from 'fast-check';

/**
 * Property tests run on the same cases everywhere, so that a red run can be repeated; `FC_SEED=random` (or a number)
 * looks at others.
 */
const asked = process.env.FC_SEED;
if (asked !== 'random') fc.configureGlobal({ seed: asked === undefined ? 20_261_120 : Number(asked) });
