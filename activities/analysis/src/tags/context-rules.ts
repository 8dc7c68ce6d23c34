import type { Domain, Sensitivity } from './kinds.ts'
import { hasPhrase, singular, tokensOf } from './tokens.ts'

/** What a table is about, by the words of its name, then of its schema's. The first domain with a word wins. */
const domainWords: Record<Domain, readonly string[]> = {
  health: ['patient', 'provider', 'encounter', 'diagnosis', 'medication', 'prescription', 'clinic', 'hospital'],
  hr: ['employee', 'hr', 'human resources', 'payroll', 'salary', 'staff', 'department', 'leave', 'absence', 'sf user'],
  marketing: ['campaign', 'lead', 'marketing', 'newsletter', 'audience', 'utm', 'advert', 'promotion', 'segment'],
  finance: [
    'payment',
    'invoice',
    'stripe',
    'billing',
    'ledger',
    'transaction',
    'finance',
    'account balance',
    'credit card',
    'tax',
    'refund',
    'payout',
    'bank',
  ],
  support: ['ticket', 'support', 'complaint', 'helpdesk', 'conversation'],
  operations: [
    'shipper',
    'shipment',
    'warehouse',
    'inventory',
    'stock',
    'supplier',
    'purchase order',
    'delivery',
    'fulfilment',
  ],
  it: ['server', 'host', 'deployment', 'incident', 'audit', 'log', 'it'],
  sales: [
    'sale',
    'order',
    'customer',
    'cart',
    'checkout',
    'shopify customer',
    'contact',
    'opportunity',
    'quote',
    'sf account',
    'shop',
    'address',
    'person',
  ],
  product: ['product', 'item', 'film', 'part', 'album', 'track', 'catalog', 'sku', 'category', 'brand'],
}

export interface DomainVerdict {
  domain: Domain
  confidence: number
  evidence: string
}

const tableConfidence = 0.8
const schemaConfidence = 0.6

export function domainOf(schema: string, table: string): DomainVerdict | undefined {
  const places = [
    { name: table, confidence: tableConfidence, what: 'table' },
    { name: schema, confidence: schemaConfidence, what: 'schema' },
  ]
  for (const { name, confidence, what } of places) {
    const domain = wordedDomain(name)
    if (domain) return { domain, confidence, evidence: `The name of the ${what} "${name}" belongs to ${domain}` }
  }
  return undefined
}

const isDomain = (name: string): name is Domain => Object.hasOwn(domainWords, name)

function wordedDomain(name: string): Domain | undefined {
  const tokens = tokensOf(name).map(singular)
  return Object.keys(domainWords)
    .filter(isDomain)
    .find((domain) => domainWords[domain].some((word) => hasPhrase(tokens, word)))
}

/** Columns that are sensitive without being personal data: what people earn, owe and spend, and what is said of them. */
const sensitiveWords: readonly { words: readonly string[]; sensitivity: Sensitivity }[] = [
  {
    sensitivity: 'restricted',
    words: ['diagnosis', 'medication', 'prescription', 'disability', 'biometric', 'fingerprint'],
  },
  {
    sensitivity: 'confidential',
    words: [
      'salary',
      'wage',
      'bonus',
      'commission',
      'acctbal',
      'balance',
      'total spent',
      'income',
      'revenue',
      'credit limit',
      'credit score',
      'race',
      'ethnicity',
      'religion',
      'gender',
      'sexual orientation',
      'political',
      'health',
      'margin',
    ],
  },
]

export function sensitiveWord(column: string): { sensitivity: Sensitivity; word: string } | undefined {
  const tokens = tokensOf(column)
  for (const { words, sensitivity } of sensitiveWords) {
    const word = words.find((one) => hasPhrase(tokens, one))
    if (word !== undefined) return { sensitivity, word }
  }
  return undefined
}
