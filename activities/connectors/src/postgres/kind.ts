import { jobTypes } from '@plumbline/workflows'
import { defineKind, settingText, type Settings } from '../kind.ts'
import { readPostgresAddress } from './address.ts'
import { foldIdentifier, quoteIdentifier } from './quote.ts'
import { roleSql } from './role-sql.ts'
import { zPostgresCredentials, zPostgresSettings } from './settings.ts'

const usualPort = 5432

export const postgresKind = defineKind({
  kind: 'postgres',
  label: 'PostgreSQL',
  settings: zPostgresSettings,
  credentials: zPostgresCredentials,
  credentialProblems: () => [],
  databaseOf: (settings) => settingText(settings, 'database'),
  suggestName: (settings) => `${settingText(settings, 'database')} on ${settingText(settings, 'host').trim()}`,
  summary(settings) {
    const [user, host, port, database, sslMode] = ['user', 'host', 'port', 'database', 'sslMode'].map((name) =>
      settingText(settings, name),
    )
    return `${user}@${host}:${port}/${database} · TLS ${sslMode}`
  },
  roleSql,
  readAddress: readPostgresAddress,
  namespaceOf: (settings) => namespaceOf(settingText(settings, 'host'), portOf(settings)),
  readNamespace(namespace) {
    if (!URL.canParse(namespace)) return null
    const { protocol, hostname, port } = new URL(namespace)
    if (protocol !== 'postgres:' && protocol !== 'postgresql:') return null
    return namespaceOf(hostname.replace(/^\[(.*)\]$/, '$1'), port === '' ? usualPort : Number(port))
  },
  identifiers: { quote: quoteIdentifier, fold: foldIdentifier },
  dialect: 'postgres',
  jobTypes,
  sqlMetrics: true,
  newestRows: true,
})

const portOf = ({ port }: Settings): number => (typeof port === 'number' ? port : usualPort)

const namespaceOf = (host: string, port: number): string =>
  `postgres://${host.includes(':') ? `[${host}]` : host}:${port}`.toLowerCase()
