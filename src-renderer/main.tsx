import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/client.ts';
import { followCore } from './api/events.ts';
import { App } from './app.tsx';
import { pages } from './routes.tsx';
import { splitHash } from './ui/hash-location.ts';
import { pageAt } from './ui/pages.ts';
import './ui/theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// Fetched while the frame is drawn, not after. Where it cannot be, the page says so when it is shown.
pageAt(pages, splitHash(location.hash).path)
  ?.load()
  .catch(() => undefined);
followCore(queryClient);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
