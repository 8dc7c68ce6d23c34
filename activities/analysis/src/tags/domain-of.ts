import { canonicalName } from './canonical-name.ts'
import type { Domain } from './kinds.ts'
import { domainPhrases, domainWords, products } from './lexicon/domain-words.ts'
import { remember } from './remember.ts'
import { singular, tokensOf } from './tokens.ts'

export interface DomainVerdict {
  domain: Domain
  /** From 0 to 1. */
  confidence: number
  evidence: string
}

const tableConfidence = 0.8
const schemaConfidence = 0.6

/** What a table is about, by the words of its name, then of its schema's. */
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

/** A product's name decides for all of its tables; then phrases; then the last word, which is what the rows are. */
const wordedDomain = remember((name): Domain | undefined => {
  const tokens = tokensOf(name).map(singular)
  const product = tokens.find((token) => Object.hasOwn(products, token))
  if (product !== undefined) return products[product]
  for (const list of [tokens, canonicalName(name).map(singular)]) {
    const text = ` ${list.join(' ')} `
    const phrase = domainPhrases.find(([one]) => text.includes(` ${one} `))
    if (phrase) return phrase[1]
    const word = list.findLast((one) => domainWords.has(one))
    if (word !== undefined) return domainWords.get(word)
  }
  return undefined
})
