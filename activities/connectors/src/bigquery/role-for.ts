/** The command that gives the account of a connection a role. */
export const roleFor = (project: string, role: string): string =>
  `gcloud projects add-iam-policy-binding ${project} --member=serviceAccount:ACCOUNT --role=roles/bigquery.${role}`
