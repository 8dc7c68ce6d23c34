import { kindRules, type Domain, type Sensitivity } from './kinds.ts'
import type { PiiVerdict } from './classify-pii.ts'
import { canonicalName } from './canonical-name.ts'
import { remember } from './remember.ts'
import { hasPhrase, tokensOf } from './tokens.ts'

/** Columns that are sensitive without being personal data: what people earn, owe and spend, and what is said of them. */
const sensitiveWords: readonly { words: readonly string[]; sensitivity: Sensitivity }[] = [
  {
    sensitivity: 'restricted',
    words: [
      'diagnosis',
      'medication',
      'prescription',
      'disability',
      'biometric',
      'fingerprint',
      'iris scan',
      'genome',
      'criminal record',
    ],
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
      'sex',
      'sexual orientation',
      'political',
      'health',
      'margin',
      'compensation',
      'pay rate',
      'rate of pay',
      'marital',
      'marital status',
      'nationality',
      'net worth',
      'amount spent',
      'ytd',
      'expenses',
      'profit',
      'healthcare',
      'death date',
      'deathdate',
      'gross pay',
      'net pay',
      'status civil',
      'civil status',
      'performance review',
      'ethnic',
      'blood type',
      'blood group',
      'caste',
      'citizenship',
    ],
  },
]

/** Of a catalog, what is kept for those who keep it. */
const internal = new Set([
  'id',
  'cost',
  'key',
  'guid',
  'rowguid',
  'uuid',
  'updated',
  'modified',
  'created',
  'quantity',
  'supplier',
  'inventory',
  'update',
])

const readName = remember((name) => {
  const tokens = tokensOf(name)
  const canonical = canonicalName(name)
  const found = sensitiveWords
    .flatMap(({ words, sensitivity }) => words.map((word) => ({ word, sensitivity })))
    .find(({ word }) => hasPhrase(tokens, word) || hasPhrase(canonical, word))
  return { sensitive: found, kept: tokens.some((token) => internal.has(token)) }
})

export interface SensitivityVerdict {
  sensitivity: Sensitivity
  /** From 0 to 1. */
  confidence: number
  evidence: string
  /** True where nothing speaks for it: what a company writes down is for its own use until someone says otherwise. */
  assumed: boolean
}

/** A plain word, or the domain: what is behind it is not known. */
const wordConfidence = 0.7
const domainConfidence = 0.55

export function sensitivityOf(
  column: string,
  pii: PiiVerdict | undefined,
  domain: Domain | undefined,
): SensitivityVerdict {
  if (pii) {
    const { sensitivity, label } = kindRules[pii.kind]
    return {
      sensitivity,
      confidence: pii.confidence,
      evidence: `It holds ${label}, which are ${sensitivity}`,
      assumed: false,
    }
  }
  const { sensitive, kept } = readName(column)
  if (sensitive) {
    const { sensitivity, word } = sensitive
    return { sensitivity, confidence: wordConfidence, evidence: `The name says "${word}"`, assumed: false }
  }
  if (domain === 'product' && !kept) {
    return {
      sensitivity: 'public',
      confidence: domainConfidence,
      evidence: 'Catalogs are made to be shown',
      assumed: true,
    }
  }
  return {
    sensitivity: 'internal',
    confidence: domainConfidence,
    evidence: 'Nothing in it asks for more care',
    assumed: true,
  }
}
