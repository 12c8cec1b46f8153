import { isProjectTag } from './cloud-tags.ts';
import type { Columns } from './columns.ts';

/** Where a Cost and Usage Report has the columns that are read, by their names in CUR 2.0 and in the legacy report. */
export type CurColumns = ReturnType<typeof findCurColumns>;

export function findCurColumns({ at, names }: Columns) {
  const columns = {
    generation: names.includes('line_item_usage_type') ? 'CUR 2.0' : 'legacy CUR',
    cost: at('line_item_unblended_cost', 'lineitem/unblendedcost'),
    currency: at('line_item_currency_code', 'lineitem/currencycode'),
    type: at('line_item_line_item_type', 'lineitem/lineitemtype'),
    start: at('line_item_usage_start_date', 'lineitem/usagestartdate'),
    end: at('line_item_usage_end_date', 'lineitem/usageenddate'),
    code: at('line_item_product_code', 'lineitem/productcode'),
    service: at('product_servicecode', 'product/servicecode'),
    product: at('product_product_name', 'product/productname'),
    productMap: at('product'),
    usage: at('line_item_usage_type', 'lineitem/usagetype'),
    quantity: at('line_item_usage_amount', 'lineitem/usageamount'),
    unit: at('pricing_unit', 'pricing/unit'),
    description: at('line_item_line_item_description', 'lineitem/lineitemdescription'),
    operation: at('line_item_operation', 'lineitem/operation'),
    account: at('line_item_usage_account_id', 'lineitem/usageaccountid'),
    resource: at('line_item_resource_id', 'lineitem/resourceid'),
    projectTag: names.findIndex((name) => name.startsWith('resourcetags/') && isProjectTag(name)),
    tagMap: at('resource_tags'),
  };
  const { type, code, usage, operation, description, account, resource, tagMap } = columns;
  return {
    ...columns,
    /** What a row is for. Its id, its invoice and its end change while the month is written over. */
    identity: [
      ...[type, code, usage, operation, description, account, resource, tagMap],
      ...[at('bill_payer_account_id', 'bill/payeraccountid'), at('line_item_iam_principal')],
      ...[
        at('line_item_availability_zone', 'lineitem/availabilityzone'),
        at('line_item_tax_type', 'lineitem/taxtype'),
      ],
      ...names.flatMap((name, index) => (name.startsWith('resourcetags/') ? [index] : [])),
    ],
  };
}
