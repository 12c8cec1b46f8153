import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/client.ts';
import { followCore } from './api/events.ts';
import { App } from './app.tsx';
import './ui/theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

followCore(queryClient);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
