import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** The folder `spec` of a checkout of OpenLineage: its schemas are in no package of a registry. */
const folder = process.env['OPENLINEAGE_SPEC']

/** Why events are not validated against the published schemas; undefined where they are. */
export const whyNoSpec =
  folder === undefined ? 'OPENLINEAGE_SPEC does not name the folder `spec` of a checkout of OpenLineage' : undefined

interface Facet {
  _schemaURL: string
}

/** What is wrong with an event, or with one of its facets, by the schemas that they name; nothing where they follow them. */
export function validateOpenLineage(event: { schemaURL: string }): string[] {
  const ajv = specification()
  const wrong = (url: string, value: unknown): string[] => {
    const validate = ajv.getSchema(withoutVersion(url))
    if (!validate) return [`${url} is not published`]
    return validate(value) === true
      ? []
      : (validate.errors ?? []).map((one) => `${url}: ${one.instancePath} ${one.message}`)
  }
  return [wrong(event.schemaURL, event), ...facetsIn(event).map((facet) => wrong(facet._schemaURL, facet))].flat()
}

/** All that says by which schema it is, wherever it is. */
function facetsIn(value: unknown): Facet[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(facetsIn)
  return isFacet(value) ? [value, ...inner] : inner
}

const isFacet = (value: object): value is Facet => '_schemaURL' in value && typeof value._schemaURL === 'string'

/** A checkout has one version of each schema, which is not always the one that the others name. */
const withoutVersion = (text: string): string =>
  text.replaceAll(/(openlineage\.io\/spec\/)(facets\/)?\d+-\d+-\d+\//g, '$1')

let read: Ajv2020 | undefined
function specification(): Ajv2020 {
  if (read) return read
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, formats })
  for (const file of globSync(join(folder ?? '', '{OpenLineage.json,facets/*.json}')))
    ajv.addSchema(JSON.parse(withoutVersion(readFileSync(file, 'utf8'))))
  return (read = ajv)
}

const formats = {
  uri: (text: string) => URL.canParse(text),
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)) && /T.*(Z|[+-]\d\d:\d\d)$/.test(text),
}
