import { migrate } from '../activities/store/src/index.ts'

/** Brings the record behind DATABASE_URL to its newest tables, then ends; run before gateway and workers of a new version. */
const url = process.env['DATABASE_URL']
if (!url) {
  process.stderr.write('DATABASE_URL is not set.\n')
  process.exit(1)
}
const done = await migrate(url)
process.stdout.write(done.length > 0 ? `Migrated: ${done.join(', ')}\n` : 'The record is up to date.\n')
