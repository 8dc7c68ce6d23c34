import { Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { FoldedFields } from './folded-fields.tsx'
import { changeOf, shownFields, type ConnectionFieldsProps } from './connection-form-state.ts'
import { KindField } from './kind-field.tsx'
import type { ConnectionField } from '@plumbline/connectors/kinds'

/** The form of a connection of any kind, made from the schemas of its kind. */
export function ConnectionFields({ form, stored, errors, onChange }: ConnectionFieldsProps) {
  const input = (field: ConnectionField, grows: boolean) => (
    <KindField
      key={field.key}
      field={field}
      value={form.values[field.key] ?? ''}
      stored={stored}
      grows={grows}
      error={errors[field.key]}
      onChange={(text) => onChange(changeOf(form, field, text))}
    />
  )
  const fields = shownFields(form)
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        description={stored ? undefined : 'How people will know it; left empty, it is made of what it leads to'}
        required={stored}
        maxLength={100}
        value={form.name}
        error={errors['name']}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {rowsOf(fields.filter(({ fold }) => fold === undefined)).map((row) =>
        row.length === 1 ? (
          row.map((field) => input(field, false))
        ) : (
          <Group key={row[0]?.key} grow align="flex-start" preventGrowOverflow={false} wrap="nowrap">
            {row.map((field) => input(field, true))}
          </Group>
        ),
      )}
      <NumberInput
        label="Jobs at once"
        min={1}
        max={100}
        value={form.maxConcurrentJobs}
        error={errors['maxConcurrentJobs']}
        onChange={(jobs) => onChange({ maxConcurrentJobs: typeof jobs === 'number' ? jobs : '' })}
      />
      {foldsOf(fields).map(([title, folded]) => (
        <FoldedFields
          key={title}
          title={title}
          open={folded.some((field) => isChanged(field, form.values[field.key] ?? ''))}
        >
          {folded.map((field) => input(field, false))}
        </FoldedFields>
      ))}
    </Stack>
  )
}

const isChanged = ({ default: usual }: ConnectionField, text: string): boolean => text !== String(usual ?? '')

/** Fields that name the same row, in rows; every other in a row of its own. */
function rowsOf(fields: readonly ConnectionField[]): ConnectionField[][] {
  const rows: ConnectionField[][] = []
  for (const field of fields) {
    const row = field.row === undefined ? undefined : rows.find(([first]) => first?.row === field.row)
    if (row) row.push(field)
    else rows.push([field])
  }
  return rows
}

function foldsOf(fields: readonly ConnectionField[]): [title: string, fields: ConnectionField[]][] {
  const folds = Map.groupBy(fields, ({ fold }) => fold ?? '')
  folds.delete('')
  return [...folds]
}
