import { settingText, type Settings } from '../kind.ts'

/**
 * A service account that can do what Plumbline does and nothing else, by the commands of gcloud: rights are no matter of SQL here.
 * Discovery, freshness and row counts need nothing but metadata and cost nothing; only what looks at values runs queries.
 */
export function roleSql(settings: Settings): string {
  const project = settingText(settings, 'project').trim() || 'YOUR-PROJECT'
  const payer = settingText(settings, 'billingProject').trim() || project
  const account = settingText(settings, 'impersonate').trim() || `plumbline@${payer}.iam.gserviceaccount.com`
  const grant = (where: string, role: string) =>
    `gcloud projects add-iam-policy-binding ${where} --condition=None \\
  --member=serviceAccount:${account} --role=roles/bigquery.${role}`
  return `# In the shell of Google Cloud:
gcloud iam service-accounts create ${account.split('@', 1)[0]} --project=${payer}

# Enough for discovery, freshness and row counts …
${grant(project, 'metadataViewer')}
# … for tags, documentation by values and metrics, also:
${grant(project, 'dataViewer')}
${grant(payer, 'jobUser')}
# … and for lineage from the history of queries:
${grant(project, 'resourceViewer')}`
}
