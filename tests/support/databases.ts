import { randomBytes } from 'node:crypto'
import { migrate } from '@plumbline/store'
import { Client } from 'pg'

const template = 'record_template'

/** The record, migrated once; each test file gets a clone of it. */
export async function makeRecordTemplate(serverUrl: string): Promise<void> {
  await inMaintenance(serverUrl, `create database ${template}`)
  await migrate(urlOf(serverUrl, template))
  // A template that somebody is connected to cannot be cloned.
  await inMaintenance(serverUrl, `alter database ${template} allow_connections false`)
}

/** A new empty database. @returns its URL, superuser */
export async function createDatabaseOn(serverUrl: string, prefix = 'source'): Promise<string> {
  return create(serverUrl, prefix, 'template0')
}

/** A new database with the record's newest tables, empty. @returns its URL, superuser */
export async function createRecordOn(serverUrl: string): Promise<string> {
  return create(serverUrl, 'record', template)
}

async function create(serverUrl: string, prefix: string, from: string): Promise<string> {
  const name = `${prefix}_${randomBytes(5).toString('hex')}`
  await inMaintenance(serverUrl, `create database ${name} template ${from}`)
  return urlOf(serverUrl, name)
}

async function inMaintenance(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
