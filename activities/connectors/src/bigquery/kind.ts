import { jobTypes } from '@plumbline/workflows'
import { defineKind, settingText } from '../kind.ts'
import { foldIdentifier, quoteIdentifier } from './quote.ts'
import { roleSql } from './role-sql.ts'
import { isAuthenticator, neededCredentials, zBigQueryCredentials, zBigQuerySettings } from './settings.ts'

export const bigqueryKind = defineKind({
  kind: 'bigquery',
  label: 'BigQuery',
  settings: zBigQuerySettings,
  credentials: zBigQueryCredentials,
  credentialProblems({ authenticator }, credentials) {
    const needed = isAuthenticator(authenticator) ? neededCredentials[authenticator] : null
    if (needed === null || credentials[needed]) return []
    return [{ path: needed, message: `is needed to sign in with ${String(authenticator)}` }]
  },
  databaseOf: (settings) => settingText(settings, 'project').trim(),
  suggestName: (settings) => settingText(settings, 'project').trim(),
  summary(settings) {
    const [project, location, impersonate, authenticator] = ['project', 'location', 'impersonate', 'authenticator'].map(
      (name) => settingText(settings, name),
    )
    const who = impersonate ? `${authenticator} as ${impersonate}` : authenticator
    return [project, location, who].filter(Boolean).join(' · ')
  },
  roleSql,
  readAddress: readConsoleAddress,
  // One place for all projects, as OpenLineage names it: the project begins the name of a table.
  namespaceOf: () => 'bigquery',
  readNamespace: (namespace) => (/^bigquery(:\/\/)?\/?$/i.test(namespace) ? 'bigquery' : null),
  identifiers: { quote: quoteIdentifier, fold: foldIdentifier },
  dialect: 'bigquery',
  jobTypes,
  sqlMetrics: true,
  newestRows: false,
})

/** The address that the console shows: `console.cloud.google.com/bigquery?project=my-project&…`. */
function readConsoleAddress(text: string): Record<string, string> | null {
  const found = /^\s*(?:https:\/\/)?console\.cloud\.google\.com\/\S*[?&]project=([\w.:-]+)/i.exec(text)?.[1]
  return found === undefined ? null : { 'settings.project': found }
}
