import type { Domain } from '../kinds.ts'
import { listWords } from './words.ts'

/** Products whose exports are named after them: all of their tables belong to one domain. */
export const products: Readonly<Record<string, Domain>> = {
  stripe: 'finance',
  quickbooks: 'finance',
  xero: 'finance',
  netsuite: 'finance',
  chargebee: 'finance',
  recurly: 'finance',
  braintree: 'finance',
  adyen: 'finance',
  paypal: 'finance',
  plaid: 'finance',
  zendesk: 'support',
  intercom: 'support',
  freshdesk: 'support',
  servicenow: 'it',
  jira: 'it',
  github: 'it',
  gitlab: 'it',
  pagerduty: 'it',
  okta: 'it',
  datadog: 'it',
  hubspot: 'marketing',
  mailchimp: 'marketing',
  marketo: 'marketing',
  klaviyo: 'marketing',
  braze: 'marketing',
  facebook: 'marketing',
  workday: 'hr',
  bamboohr: 'hr',
  greenhouse: 'hr',
  lever: 'hr',
  shippo: 'operations',
}

/** Words of one row that stand together, before single words: an `order item` is no product. */
export const domainPhrases: readonly (readonly [string, Domain])[] = [
  ['purchase order', 'operations'],
  ['chat log', 'support'],
  ['chat message', 'support'],
  ['account holder', 'finance'],
  ['bank account', 'finance'],
  ['stock item', 'operations'],
  ['api client', 'it'],
  ['marketing contact', 'marketing'],
  ['work order', 'operations'],
  ['order item', 'sales'],
  ['order detail', 'sales'],
  ['order line', 'sales'],
  ['line item', 'sales'],
  ['credit card', 'finance'],
  ['human resource', 'hr'],
  ['sf user', 'hr'],
  ['sf case', 'support'],
  ['case comment', 'support'],
  ['sales person', 'sales'],
  ['sales tax', 'finance'],
  ['special offer', 'sales'],
  ['general ledger', 'finance'],
  ['job candidate', 'hr'],
  ['order transaction', 'sales'],
  ['customer demographic', 'sales'],
  ['web page', 'it'],
  ['web site', 'it'],
  ['call center', 'support'],
  ['product review', 'product'],
  ['abandoned checkout', 'sales'],
]

const words: Record<Domain, string> = {
  health: `patient provider encounter diagnosis medication prescription clinic hospital condition allergy immunization observation
    procedure careplan payer claim claims imaging lab vital healthcare medical symptom physician nurse admission ehr emr ward`,
  hr: `employee hr payroll salary staff department leave absence applicant candidate vacancy recruitment timesheet benefit
    appraisal workforce personnel infotype shift headcount compensation`,
  marketing: `campaign lead marketing newsletter audience utm advert ad ads promotion segment subscriber mailing click impression
    attribution referral survey`,
  finance: `payment invoice billing ledger transaction finance tax refund payout bank journal budget expense
    currency charge card balance fee dispute receivable payable bookkeeping loan credit mortgage portfolio dividend pay
    subscription coupon insured policyholder policy premium insurance`,
  support: `ticket support complaint helpdesk conversation case escalation sla chat feedback faq`,
  operations: `shipper shipment warehouse inventory stock supplier delivery fulfilment fulfillment logistics vendor purchasing
    partsupp procurement carrier route fleet trip vehicle location manufacturing scrap freight driver dispatch depot pallet container waybill consignment`,
  it: `server host deployment incident audit log it device session login permission role migration job error api webhook
    network firewall certificate endpoint build gateway sensor telemetry firmware`,
  sales: `sale order customer cart checkout contact opportunity quote account shop address person lineitem rental store territory
    nation region deal pipeline guest reservation booking hotel basket reseller discount return reason household crm city country buyer client`,
  product: `product item film part album track catalog sku category brand artist genre playlist media variant collection actor
    language illustration model review feature release movie song book title`,
}

const isDomain = (name: string): name is Domain => Object.hasOwn(words, name)

export const domainWords: ReadonlyMap<string, Domain> = new Map(
  Object.keys(words)
    .filter(isDomain)
    .flatMap((domain) => listWords(words[domain]).map((word) => [word, domain] as const)),
)
