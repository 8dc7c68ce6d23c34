import { jobTypes } from '@plumbline/workflows'
import { defineKind, settingText, type Settings } from '../kind.ts'
import { foldIdentifier, quoteIdentifier } from './quote.ts'
import { roleSql } from './role-sql.ts'
import { isAuthenticator, neededCredentials, zSnowflakeCredentials, zSnowflakeSettings } from './settings.ts'

export const snowflakeKind = defineKind({
  kind: 'snowflake',
  label: 'Snowflake',
  settings: zSnowflakeSettings,
  credentials: zSnowflakeCredentials,
  credentialProblems({ authenticator }, credentials) {
    if (!isAuthenticator(authenticator)) return []
    const needed = neededCredentials[authenticator]
    return credentials[needed] ? [] : [{ path: needed, message: `is needed to sign in with ${authenticator}` }]
  },
  databaseOf: (settings) => foldIdentifier(settingText(settings, 'database')),
  suggestName: (settings) => `${settingText(settings, 'database')} on ${settingText(settings, 'account').trim()}`,
  summary(settings) {
    const [user, account, database, warehouse] = ['user', 'account', 'database', 'warehouse'].map((name) =>
      settingText(settings, name),
    )
    return `${user}@${account}/${database} · warehouse ${warehouse} · ${settingText(settings, 'authenticator')}`
  },
  roleSql,
  readAddress: readSnowflakeAddress,
  namespaceOf: (settings: Settings) => `snowflake://${settingText(settings, 'account')}`.toLowerCase(),
  readNamespace: (namespace) =>
    /^snowflake:\/\/[^/]+\/?$/i.test(namespace) ? namespace.replace(/\/$/, '').toLowerCase() : null,
  identifiers: { quote: quoteIdentifier, fold: foldIdentifier },
  dialect: 'snowflake',
  jobTypes,
  sqlMetrics: true,
  newestRows: true,
})

/** The addresses that a browser shows: of the account itself, and of Snowsight (`app.snowflake.com/ORGANIZATION/ACCOUNT/…`). */
function readSnowflakeAddress(text: string): Record<string, string> | null {
  const own = /^\s*(?:https:\/\/)?([\w.-]+)\.snowflakecomputing\.com(?:[/:?#].*)?\s*$/i.exec(text)?.[1]
  if (own !== undefined) return { 'settings.account': own }
  const [, organization, account] = /^\s*https:\/\/app\.snowflake\.com\/(\w+)\/(\w+)(?:[/?#].*)?\s*$/i.exec(text) ?? []
  return organization === undefined || account === undefined
    ? null
    : { 'settings.account': `${organization}-${account}` }
}
