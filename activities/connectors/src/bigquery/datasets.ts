import type { BigQueryLink } from './link.ts'
import { zDatasetList } from './resources.ts'

export interface ListedDataset {
  name: string
  /** `EU`, `europe-west3`, … */
  location: string | undefined
}

/** The datasets of the project, of its location where the connection has one, by name. */
export async function listDatasets(link: BigQueryLink): Promise<ListedDataset[]> {
  const wanted = link.settings.location?.toLowerCase()
  const found: ListedDataset[] = []
  for await (const { datasets = [] } of link.pages({ path: '/datasets', answer: zDatasetList }))
    for (const { datasetReference, location } of datasets)
      if (wanted === undefined || location?.toLowerCase() === wanted)
        found.push({ name: datasetReference.datasetId, location })
  return found.toSorted((left, right) => (left.name < right.name ? -1 : 1))
}
