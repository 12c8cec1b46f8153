import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bootstrap, main } from './bootstrap.mjs';
import { ensureChromium, findChromium } from './chromium.mjs';
import { inRoot } from './root.mjs';

/**
 * Draws resources/icons from the mark (src-renderer/ui/mark.svg): `node scripts/icons.mjs` after the mark changed.
 * The files are committed; nothing else runs this.
 */
const dir = inRoot('resources', 'icons');
const mark = () => readFileSync(inRoot('src-renderer', 'ui', 'mark.svg'), 'utf8');

/** Types of an ICNS file that hold a PNG, by their size in pixels. */
const icnsTypes = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

await main(async () => {
  await bootstrap();
  await ensureChromium();
  const { chromium } = await import('@playwright/test');
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    const draw = (size, options) => picture(page, size, options);
    mkdirSync(`${dir}/linux`, { recursive: true });
    const save = (name, bytes) => writeFileSync(inRoot('resources', 'icons', name), bytes);
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024])
      save(`linux/${size}x${size}.png`, await draw(size));
    save('icon.png', await draw(512));
    for (const [name, size] of [
      ['tray.png', 22],
      ['tray@2x.png', 44],
    ])
      save(name, await draw(size));
    for (const [name, size] of [
      ['trayTemplate.png', 16],
      ['trayTemplate@2x.png', 32],
    ])
      save(name, await draw(size, { isTemplate: true }));
    save('icon.ico', ico(await each([16, 24, 32, 48, 64, 128, 256], draw)));
    save(
      'icon.icns',
      icns(await each([16, 32, 64, 128, 256, 512, 1024], (size) => draw(size, { margin: 0.07 }))),
    );
  } finally {
    await browser.close();
  }
});

async function each(sizes, draw) {
  const pictures = [];
  for (const size of sizes) pictures.push([size, await draw(size)]);
  return pictures;
}

/** The mark as a PNG with a transparent ground; as a template, a black silhouette with the strokes cut out. */
async function picture(page, size, { margin = 0, isTemplate = false } = {}) {
  const inner = Math.round(size * (1 - 2 * margin));
  const url = `data:image/svg+xml;base64,${Buffer.from(isTemplate ? template() : mark()).toString('base64')}`;
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh"><img width="${inner}" height="${inner}" src="${url}">`,
  );
  return page.screenshot({ omitBackground: true });
}

/** macOS colours a template by its alpha alone. */
function template() {
  const cut = mark()
    .replace(/fill="#[0-9a-f]+"/i, 'fill="#fff"')
    .replaceAll(/stroke="#[0-9a-f]+"/gi, 'stroke="#000"');
  const inside = cut.replace(/^<svg[^>]*>/, '').replace('</svg>', '');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="22" height="22" viewBox="0 0 22 22"><mask id="m">${inside}</mask><rect width="22" height="22" mask="url(#m)"/></svg>`;
}

/** An ICO file of PNG pictures. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [at, [size, bytes]] of pictures.entries()) {
    const entry = 6 + 16 * at;
    // 256 is written as 0.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...pictures.map(([, bytes]) => bytes)]);
}

function icns(pictures) {
  const parts = pictures.flatMap(([size, bytes]) =>
    icnsTypes[size].map((type) => {
      const head = Buffer.alloc(8);
      head.write(type, 'latin1');
      head.writeUInt32BE(bytes.length + 8, 4);
      return Buffer.concat([head, bytes]);
    }),
  );
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
