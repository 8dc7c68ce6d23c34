import type { JobType } from '@plumbline/workflows'
import type { z } from 'zod'

/** What a person, or an outside program, needs to know to describe a connection: by field of the form, `settings.host`. */
export type FieldValues = Record<string, string>

export interface CredentialProblem {
  /** The credential, by its name. */
  path: string
  message: string
}

/**
 * One kind of warehouse, as far as it is known without talking to one: safe for the browser, and without its driver. The API's
 * schemas, the form on the page, names of the outside world and the job types it takes follow from it. Its connector stands in the
 * same folder.
 */
export interface KindDefinition {
  kind: string
  /** As people call it. */
  label: string
  /**
   * The form is made of both schemas (`connection-fields.ts`). Settings are shown to everybody who may see the connection;
   * credentials are sealed, and may be references.
   */
  settings: z.ZodObject
  credentials: z.ZodObject
  /** Which credentials such settings need and do not have; the schema of credentials alone cannot know. */
  credentialProblems: (settings: Settings, credentials: Readonly<Record<string, unknown>>) => CredentialProblem[]
  /** The name of the database that the settings lead to, as the catalog spells it. */
  databaseOf: (settings: Settings) => string
  /** A name for a connection that was given none. */
  suggestName: (settings: Settings) => string
  /** Where it leads, in a line for people. */
  summary: (settings: Settings) => string
  /** SQL of a role with no more rights than Plumbline needs, as far as the settings are known by now. */
  roleSql: (settings: Settings) => string
  /** What an address that people have at hand says of the fields; null for a text that is none. */
  readAddress: (text: string) => FieldValues | null
  /** The namespace that OpenLineage gives what lies behind such settings, by its page about naming. */
  namespaceOf: (settings: Settings) => string
  /** A namespace that means such a server, also as other tools spell it, as `namespaceOf` does; null for any other. */
  readNamespace: (namespace: string) => string | null
  identifiers: Identifiers
  /** The SQL it speaks, by the names of the lineage engine. */
  dialect: 'postgres' | 'snowflake' | 'bigquery'
  /** What can be run on it; any other job is refused. */
  jobTypes: readonly JobType[]
  /** A metric may be a query of a person. */
  sqlMetrics: boolean
  /** Freshness also looks at the newest rows of tables, by a time column. */
  newestRows: boolean
}

/** Settings that were parsed, are stored, or are half typed: by name. */
export type Settings = Readonly<Record<string, unknown>>

/** How a warehouse reads names. */
export interface Identifiers {
  /** A name of the catalog as it can stand in a statement, whatever it holds. @throws TypeError for what no name holds */
  quote: (name: string) => string
  /** The name in the catalog that an identifier means, as people write it: bare, or quoted. */
  fold: (identifier: string) => string
}

/** Keeps the literal types of a definition, with its schemas. */
export const defineKind = <const Definition extends KindDefinition>(definition: Definition): Definition => definition

/** A setting as a text; empty where it is none. */
export function settingText(settings: Settings, name: string): string {
  const value = settings[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : ''
}
