import { describe, expect, it } from 'vitest';
import { createSessions } from './sessions.ts';

function atTime(start = 0) {
  const time = { now: start };
  return { time, sessions: createSessions({ now: () => time.now }) };
}

describe('launch tokens', () => {
  it('open one session, once', () => {
    const { sessions } = atTime();
    const token = sessions.mint();
    expect(sessions.launch(token)).not.toBeNull();
    expect(sessions.launch(token)).toBeNull();
    expect(sessions.hasLiveLaunch()).toBe(false);
  });

  it('end after 60 seconds, used or not', () => {
    const { time, sessions } = atTime();
    const token = sessions.mint();
    time.now = 59_999;
    expect(sessions.hasLiveLaunch()).toBe(true);
    time.now = 60_000;
    expect(sessions.launch(token)).toBeNull();
  });

  it('end when a newer one is made', () => {
    const { sessions } = atTime();
    const [older, newer] = [sessions.mint(), sessions.mint()];
    expect(sessions.launch(older)).toBeNull();
    expect(sessions.launch(newer)).not.toBeNull();
  });

  it('survive wrong guesses', () => {
    const { sessions } = atTime();
    const token = sessions.mint();
    expect(sessions.launch('')).toBeNull();
    expect(sessions.launch(`${token}x`)).toBeNull();
    expect(sessions.launch(token)).not.toBeNull();
  });
});

describe('sessions', () => {
  function opened() {
    const { sessions } = atTime();
    const first = sessions.launch(sessions.mint());
    const second = sessions.launch(sessions.mint());
    if (first === null || second === null) throw new Error('no session');
    return { sessions, first, second };
  }

  it('need the cookie and a tab token of the same session', () => {
    const { sessions, first, second } = opened();
    expect(sessions.accepts([first.cookie], first.tab)).toBe(true);
    expect(sessions.accepts([first.cookie], second.tab)).toBe(false);
    expect(sessions.accepts([first.cookie], undefined)).toBe(false);
    expect(sessions.accepts([], first.tab)).toBe(false);
    expect(sessions.accepts([first.tab], first.cookie)).toBe(false);
  });

  it('give each further tab a token of its own, and the first keeps its', () => {
    const { sessions, first } = opened();
    const tab = sessions.openTab([first.cookie]);
    expect(tab).not.toBe(first.tab);
    expect(sessions.accepts([first.cookie], tab ?? '')).toBe(true);
    expect(sessions.accepts([first.cookie], first.tab)).toBe(true);
    expect(sessions.openTab(['x'])).toBeNull();
  });

  it('are found beside a cookie of the same name that another port set', () => {
    const { sessions, first } = opened();
    expect(sessions.accepts(['planted', first.cookie], first.tab)).toBe(true);
  });

  it('are a bounded number: the oldest ends', () => {
    const { sessions, first, second } = opened();
    for (let n = 0; n < 31; n += 1) sessions.launch(sessions.mint());
    expect(sessions.accepts([first.cookie], first.tab)).toBe(false);
    expect(sessions.accepts([second.cookie], second.tab)).toBe(true);
  });
});

describe('wrong tokens', () => {
  it('are slowed down from the eleventh in a minute on, until the minute is over', () => {
    const { time, sessions } = atTime();
    const waits = Array.from({ length: 11 }, () => sessions.fail());
    expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(waits[10]).toBe(60);
    time.now = 61_000;
    expect(sessions.fail()).toBe(0);
  });
});
