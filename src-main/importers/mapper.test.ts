import { describe, expect, it } from 'vitest';
import { readTable, sumAmounts, sumTokens } from '../testing/read-table.ts';
import { guessFormats, guessMapping, type Mapping, mappedImporter } from './mapper.ts';

const plain: Mapping = {
  name: 'My gateway',
  columns: {
    date: 'Datum',
    cost: 'Kosten',
    model: 'Modell',
    input: 'Eingabe',
    cacheRead: 'Cache',
    output: 'Ausgabe',
  },
  dateFormat: 'dmy',
  zone: 'Europe/Berlin',
  decimal: ',',
  inputIncludesCache: true,
  currency: 'EUR',
  provider: 'Acme AI',
  evidence: 'billed',
};
const header = 'Datum;Modell;Kosten;Eingabe;Cache;Ausgabe';
const read = (mapping: Mapping, ...lines: readonly string[]) =>
  readTable(mappedImporter(mapping), [...lines, ''].join('\n'));

describe('mappedImporter', () => {
  it('reads by the chosen columns, decimal sign, date order and currency', () => {
    const { records, refused } = read(
      plain,
      header,
      '02.03.2026;acme-1;1.234,56;1.000;400;50',
      '03.03.2026 14:30;acme-1;0,5;10;0;5',
    );
    expect(refused).toEqual([]);
    expect(records[0]).toMatchObject({
      at: Date.UTC(2026, 2, 2),
      grain: 'day',
      provider: 'acme-ai',
      model: 'acme-1',
      amount: { value: '1234.56', currency: 'EUR' },
      tokens: { input: 600, cacheRead: 400, output: 50 },
    });
    expect(records[1]).toMatchObject({ at: Date.UTC(2026, 2, 3, 13, 30), grain: 'instant' });
  });

  it('refuses a row that lacks its last columns: it would count as stating nothing', () => {
    const { records, refused, skipped } = read(plain, header, '02.03.2026;acme-1', '02.03.2026;a;1;1;0;5');
    expect(refused).toEqual(['2 the row has 2 fields, the header 6']);
    expect([records.length, skipped.length]).toEqual([1, 0]);
  });

  it('takes input as stated where it leaves the cache out', () => {
    const { records } = read({ ...plain, inputIncludesCache: false }, header, '02.03.2026;a;1;100;400;50');
    expect(sumTokens(records)).toMatchObject({ input: 100, cacheRead: 400 });
  });

  it('refuses rows it would have to guess, and counts every row', () => {
    const { records, refused, skipped, rows } = read(
      plain,
      header,
      '02.03.2026;a;1,5;100;400;50',
      '2026-03-02;a;1,5;1000;400;50',
      '31.02.2026;a;1,5;1000;400;50',
      '02.03.2026;a;1.5;1000;400;50',
      '02.03.2026;a;$1;viele;0;0',
      '02.03.2026;a;;0;;',
      'Gesamt;;99,00;;;',
      '02.03.2026;a;2 USD;1000;0;50',
      '02.03.2026;a;2;1000;0;50',
    );
    expect(refused.map((text) => text.split(' ')[0])).toEqual(['2', '3', '4', '5', '6', '9']);
    expect(refused[0]).toBe('2 cached tokens exceed the input said to include them');
    expect(refused.at(-1)).toBe('9 the amount is in USD, not in EUR');
    expect(skipped).toEqual(['7 states neither usage nor money', '8 a row of totals']);
    expect(sumAmounts(records)).toBe('2');
    expect(records.length + refused.length + skipped.length).toBe(rows);
  });

  it('knows single calls by a mapped id and leaves other rows to their text', () => {
    const mapping: Mapping = {
      ...plain,
      columns: { date: 'when', cost: 'cost', callId: 'id' },
      dateFormat: 'iso',
      decimal: '.',
      zone: 'UTC',
    };
    const { records } = read(
      mapping,
      'when,cost,id',
      '2026-03-02T10:00:00Z,0.1,req-1',
      '2026-03-02T10:00:00Z,0.1,',
    );
    expect(records[0]).toMatchObject({ key: 'req-1', vendorCallId: 'req-1', requests: 1 });
    expect(records[1]).not.toHaveProperty('key');
  });

  it('takes currency and provider from columns where there are any', () => {
    const mapping: Mapping = {
      ...plain,
      columns: { date: 'day', cost: 'cost', currency: 'cur', provider: 'vendor' },
      dateFormat: 'iso',
      decimal: '.',
    };
    const { records } = read(mapping, 'day,cost,cur,vendor', '2026-03-02,1,usd,OpenAI', '2026-03-02,1,,');
    expect(records.map(({ amount, provider }) => [amount?.currency, provider])).toEqual([
      ['USD', 'openai'],
      ['EUR', 'acme-ai'],
    ]);
    expect(mappedImporter(mapping).anyVendor).toBe(true);
  });

  it('says which column is missing, and that a zone is none', () => {
    expect(() => read(plain, 'Datum;Modell;Eingabe;Cache;Ausgabe', '02.03.2026;a;1;1;1')).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining('"Kosten"') }),
    );
    expect(() => read({ ...plain, zone: 'Berlin' }, header, '02.03.2026;a;1;1;1;1')).toThrow(
      /not a time zone/,
    );
  });

  it('speaks for the account only when the money is what the vendor billed', () => {
    expect(mappedImporter(plain)).toMatchObject({
      id: 'mapped',
      coverage: 'account',
      merge: 'first',
      evidence: 'billed',
    });
    expect(mappedImporter({ ...plain, evidence: 'estimated' }).coverage).toBe('tool');
  });

  it('reads the same records from any way a spreadsheet saves the file', () => {
    const lines = [header, '02.03.2026;é-1;1,5;100;0;50', '"03.03.2026";"a;b";"2,5";1;0;5'];
    const original = read(plain, ...lines).records;
    expect(original).toHaveLength(2);
    const crlf = `${lines.join('\r\n')}\r\n`;
    const utf16be = Buffer.from(`\uFEFF${crlf}`, 'utf16le').swap16();
    for (const copy of [
      crlf,
      `\uFEFF${crlf}`,
      `sep=;\n${crlf}`,
      Buffer.from(`\uFEFF${crlf}`, 'utf16le'),
      utf16be,
    ])
      expect(readTable(mappedImporter(plain), copy).records).toEqual(original);
  });
});

describe('guessMapping', () => {
  it('takes no column of words for the dates, whatever its name', () => {
    expect(guessMapping(['Tag', 'Cost'], [['prod', '1.5']], 'x.csv').open).toContain('date');
    expect(guessMapping(['Tag', 'Betrag'], [['2026-07-01', '1,5']], 'x.csv').guess.columns.date).toBe('Tag');
  });

  it.each<[string, string, object]>([
    [
      'English',
      'Timestamp,Model,Prompt Tokens,Completion Tokens,Cached Tokens,Cost (USD),Team,Request ID',
      {
        date: 'Timestamp',
        model: 'Model',
        input: 'Prompt Tokens',
        output: 'Completion Tokens',
        cacheRead: 'Cached Tokens',
        cost: 'Cost (USD)',
        project: 'Team',
        callId: 'Request ID',
      },
    ],
    [
      'German',
      'Datum,Modell,Eingabe-Tokens,Ausgabe-Tokens,Kosten,Währung,Anfragen,Projekt',
      {
        date: 'Datum',
        model: 'Modell',
        input: 'Eingabe-Tokens',
        output: 'Ausgabe-Tokens',
        cost: 'Kosten',
        currency: 'Währung',
        requests: 'Anfragen',
        project: 'Projekt',
      },
    ],
    [
      'German without units',
      'Tag,Modell,Eingabe,Ausgabe,Betrag',
      { date: 'Tag', model: 'Modell', input: 'Eingabe', output: 'Ausgabe', cost: 'Betrag' },
    ],
    [
      'French',
      'Jour,Modèle,Coût,Devise,Fournisseur',
      { date: 'Jour', model: 'Modèle', cost: 'Coût', currency: 'Devise', provider: 'Fournisseur' },
    ],
    [
      'Spanish',
      'Fecha,Modelo,Importe,Moneda,Tokens de entrada,Tokens de salida',
      {
        date: 'Fecha',
        model: 'Modelo',
        cost: 'Importe',
        currency: 'Moneda',
        input: 'Tokens de entrada',
        output: 'Tokens de salida',
      },
    ],
    [
      'snake case',
      'created_at,model_name,input_tokens,cache_creation_input_tokens,cache_read_input_tokens,output_tokens,reasoning_tokens,total_cost,currency,session_id',
      {
        date: 'created_at',
        model: 'model_name',
        input: 'input_tokens',
        cacheWrite: 'cache_creation_input_tokens',
        cacheRead: 'cache_read_input_tokens',
        output: 'output_tokens',
        reasoning: 'reasoning_tokens',
        cost: 'total_cost',
        currency: 'currency',
        session: 'session_id',
      },
    ],
    [
      'camel case with prices per unit',
      'startTime,endTime,modelId,pricePerToken,inputCost,totalCost,latencyMs',
      { date: 'startTime', model: 'modelId', cost: 'totalCost' },
    ],
  ])('finds the columns of a header in %s', (_name, text, columns) => {
    expect(guessMapping(text.split(','), [], 'x.csv').guess.columns).toEqual(columns);
  });

  const guess = (date: string, cost: string, names = 'Date,Cost') =>
    guessMapping(names.split(','), [[date, cost]], 'usage-2026-07.csv');

  it.each([
    ['2026-07-01', 'iso'],
    ['2026-07-01T10:00:00Z', 'iso'],
    ['1782864000', 'epoch-s'],
    ['1782864000123', 'epoch-ms'],
    ['13/02/2026', 'dmy'],
    ['02/13/2026', 'mdy'],
  ])('tells how %s is written', (date, dateFormat) => {
    const { guess: mapping, open } = guess(date, '1.25');
    expect(mapping.dateFormat).toBe(dateFormat);
    expect(open).not.toContain('dateFormat');
  });

  it.each(['02/03/2026', '02.03.2026', '2.3.26 10:00'])('leaves the order of %j open', (date) => {
    expect(guess(date, '1.25').open).toContain('dateFormat');
  });

  it.each(['gestern', ''])('says nothing about the order of %j: it is no date', (date) => {
    expect(guess(date, '1.25').open).not.toContain('dateFormat');
  });

  it.each([
    ['1.25', '.', false],
    ['1,25', ',', false],
    ['1.234,50', ',', false],
    ['1,234', '.', true],
    ['1.234', '.', true],
    ['12', '.', false],
  ])('takes the decimal sign of %s for %s, open: %s', (cost, decimal, isOpen) => {
    const { guess: mapping, open } = guess('2026-07-01', cost);
    expect(mapping.decimal).toBe(decimal);
    expect(open.includes('decimal')).toBe(isOpen);
  });

  it('asks for the zone of times that state none, not for that of days', () => {
    expect(guess('2026-07-01 10:00', '1').open).toContain('zone');
    expect(guess('2026-07-01T10:00:00+02:00', '1').open).not.toContain('zone');
    expect(guess('2026-07-01', '1').open).not.toContain('zone');
  });

  it('takes the currency from the name or the cells, and asks otherwise', () => {
    expect(guess('2026-07-01', '1', 'Date,cost_eur')).toMatchObject({ guess: { currency: 'EUR' } });
    expect(guess('2026-07-01', '1.20 CHF').guess.currency).toBe('CHF');
    expect(guess('2026-07-01', '£1.20').guess.currency).toBe('GBP');
    expect(guess('2026-07-01', '$1.20').open).toContain('currency');
  });

  it('asks whether input holds the cache unless the sample proves that it does not', () => {
    const names = ['Date', 'Input tokens', 'Cache read tokens'];
    expect(guessMapping(names, [['2026-07-01', '1000', '400']], 'a.csv').open).toContain(
      'inputIncludesCache',
    );
    const proven = guessMapping(names, [['2026-07-01', '10', '400']], 'a.csv');
    expect(proven.guess.inputIncludesCache).toBe(false);
    expect(proven.open).not.toContain('inputIncludesCache');
  });

  it('asks for what no cell can tell: provider, and whether the money was billed', () => {
    expect(guess('2026-07-01', '1.25').open).toEqual(['currency', 'provider', 'evidence']);
    expect(guessMapping(['a', 'b'], [['1', '2']], 'x.csv').open).toContain('date');
  });

  it('names the mapping after the file, without its date', () => {
    expect(guess('2026-07-01', '1').guess.name).toBe('usage');
    expect(guessMapping(['Date'], [], 'in/2026-07.csv').guess.name).toBe('My table');
  });
});

describe('guessFormats', () => {
  const names = ['Wann', 'Preis', 'Was'];
  const rows = [
    ['03.07.2026', '1,25 EUR', 'a'],
    ['15.07.2026 10:00', '0,5 EUR', 'b'],
  ];

  it('takes the order of dates from a column that only a person recognises, however its name is typed', () => {
    expect(guessMapping(names, rows, 'x.csv').open).toContain('date');
    expect(guessFormats(names, rows, { date: ' wann', cost: 'Preis' })).toEqual({
      dateFormat: 'dmy',
      zone: 'UTC',
      decimal: ',',
      inputIncludesCache: true,
      currency: 'EUR',
      open: ['zone'],
    });
  });

  it('knows the order before a date column is chosen, where any cell shows it', () => {
    const { guess, open } = guessMapping(names, rows, 'x.csv');
    expect(guess.dateFormat).toBe('dmy');
    expect(open).not.toContain('dateFormat');
    expect(guessMapping(names, rows.slice(0, 1), 'x.csv').open).toContain('dateFormat');
  });

  it('asks about the dates of the chosen column alone', () => {
    const two = [['03.07.2026', '15.07.2026']];
    expect(guessFormats(['a', 'b'], two, { date: 'a' }).open).toEqual(['dateFormat']);
    expect(guessFormats(['a', 'b'], two, { date: 'b' }).open).toEqual([]);
  });
});
