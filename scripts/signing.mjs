/** What electron-builder signs with, by system. Notarising is Apple's look at a signed app. */
const variables = {
  darwin: {
    sign: ['CSC_LINK', 'CSC_KEY_PASSWORD'],
    notarise: ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  },
  win32: { sign: ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'], notarise: [] },
  linux: { sign: [], notarise: [] },
};

/**
 * How installers are signed with this environment: with a certificate when it is all there, else not at all. A secret
 * that CI does not have arrives empty, which the packager would take for a file's name: such variables are taken out.
 * @returns {{ isSigned: boolean, isNotarised: boolean, env: Record<string, undefined>, args: string[] }} what to
 * change in the packager's environment, and what to add to its arguments.
 */
export function signing(env, platform) {
  const { sign, notarise } = variables[platform] ?? variables.linux;
  const has = (names) => names.length > 0 && names.every((name) => env[name]?.trim());
  const isSigned = Boolean(has(sign));
  const isNotarised = isSigned && Boolean(has(notarise));
  const unused = [...(isSigned ? [] : sign), ...(isNotarised ? [] : notarise)];
  return {
    isSigned,
    isNotarised,
    env: Object.fromEntries(unused.map((name) => [name, undefined])),
    // Apple silicon runs nothing without a signature. One made on the spot says who nobody is, and that is enough;
    // it cannot vouch for Electron's libraries, so they are not asked for one.
    args: platform === 'darwin' && !isSigned ? ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false'] : [],
  };
}
