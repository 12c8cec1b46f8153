/** The window's own scheme and origin; nothing else is ever loaded. */
export const appScheme = 'app';
export const appOrigin = 'app://llmlab';
/** The one page; its hash is the route. */
export const appPage = `${appOrigin}/index.html`;
