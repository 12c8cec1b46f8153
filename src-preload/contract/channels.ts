/** The desktop's only two channels: the window's calls, and what the host tells the window. */
export const callChannel = 'llmlab:call';
export const eventChannel = 'llmlab:event';
