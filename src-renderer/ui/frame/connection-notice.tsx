import { useEffect, useState } from 'react';
import { watchConnection } from '../../api/bridge.ts';
import type { Connection } from '../../api/connection.ts';
import { Notice, noticeAction } from '../notice.tsx';

const words: Readonly<Record<Exclude<Connection, 'open'>, { title: string; text: string }>> = {
  gone: {
    title: 'LLMLab has stopped answering.',
    text: 'Your ledger is safe on disk. This page goes on by itself when it runs again.',
  },
  refused: {
    title: 'This page is no longer signed in.',
    text: 'Start LLMLab again and open the link it prints; your ledger is safe on disk.',
  },
};

/** Says that the host is gone, in browsers. */
export function ConnectionNotice() {
  const [state, setState] = useState<Connection>('open');
  useEffect(() => watchConnection(setState), []);
  if (state === 'open') return null;
  return (
    <div className="px-5 pt-3 narrow:px-4">
      <Notice
        tone="over"
        actions={
          <button type="button" className={noticeAction(true)} onClick={() => location.reload()}>
            Reload
          </button>
        }
      >
        <b className="font-semibold">{words[state].title}</b> {words[state].text}
      </Notice>
    </div>
  );
}
