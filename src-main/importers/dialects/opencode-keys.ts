/**
 * Names of calls that the tools made from opencode, Cline and Roo Code share: a file looks like one of what its tool was
 * made from, so dropped as that and found as this it counts once. It is the scope opencode's calls have had since the first ledger, so that those stay the same.
 */
export const forkedToolKeys = 'opencode';
