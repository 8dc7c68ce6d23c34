import type { SourceDescription } from '../connector.ts'
import type { BigQueryLink } from './link.ts'

/** Who is connected, by what was set: BigQuery itself tells nobody's name without a query. */
export function describe(link: BigQueryLink): Promise<SourceDescription> {
  const { project, location, authenticator, impersonate } = link.settings
  const user = impersonate ?? link.email ?? authenticator
  return Promise.resolve({
    product: 'BigQuery 2 (REST)',
    user,
    details: { project, payer: link.payer, location: location ?? null, signsInWith: authenticator },
  })
}
