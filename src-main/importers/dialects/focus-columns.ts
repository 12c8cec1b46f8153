/** Where a file has the FOCUS columns that are read, whichever version and vendor wrote it. */
export type FocusColumns = ReturnType<typeof findFocusColumns>;

/** `at` gives the first of the names a header has. ServiceProviderName replaced ProviderName in FOCUS 1.3. */
export function findFocusColumns(at: (...names: string[]) => number) {
  return {
    billed: at('billedcost'),
    currency: at('billingcurrency'),
    charge: at('chargecategory'),
    chargeClass: at('chargeclass'),
    start: at('chargeperiodstart'),
    end: at('chargeperiodend'),
    provider: at('serviceprovidername', 'providername'),
    issuer: at('invoiceissuername'),
    category: at('servicecategory'),
    service: at('servicename'),
    description: at('chargedescription'),
    meter: at('skumeter'),
    meterName: at('x_skumetername'),
    model: at('x_model', 'x_modelid', 'x_modelname', 'x_skumodel'),
    tokenType: at('x_tokentype'),
    consumed: at('consumedquantity'),
    consumedUnit: at('consumedunit'),
    priced: at('pricingquantity'),
    pricingUnit: at('pricingunit'),
    effective: at('effectivecost'),
    list: at('listcost'),
    listPrice: at('listunitprice'),
    billedUsd: at('x_billedcostinusd'),
    subAccount: at('subaccountname', 'subaccountid'),
    region: at('regionid'),
    invoice: at('invoiceid', 'x_invoiceid'),
    tags: at('tags'),
  } as const;
}

/** Columns of what a row comes to and of its invoice: they change while a month is written over. */
const measures =
  /cost(?!center)|price(?!id|details)|quantity|amount|invoice|exchange|credit|discounts$|period(?:start|end)$|date$|time$/;

/** Where the columns stand that say what a row is for, the vendor's own among them; its start is told apart from them. */
export function focusIdentity(names: readonly string[]): readonly number[] {
  const all = new Set(names);
  // People rename accounts and resources; their ids stay.
  const isNameOfId = (name: string) => name.endsWith('name') && all.has(name.replace(/name$/, 'id'));
  return names.flatMap((name, index) =>
    name === '' || measures.test(name) || isNameOfId(name) ? [] : [index],
  );
}
