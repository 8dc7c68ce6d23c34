import {
  Button,
  Code,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createMetric, metricKeys, tryMetric, updateMetric } from '../../api/metric-calls.ts'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { LastOutcome } from './last-outcome.tsx'
import type { AssetDetail, Metric, MetricSpecInput, MetricTrial } from '@plumbline/api'
import type { MetricDirection } from '@plumbline/workflows'

const directions: { value: MetricDirection; label: string }[] = [
  { value: 'both', label: 'More or less than expected' },
  { value: 'up', label: 'Only more than expected' },
  { value: 'down', label: 'Only less than expected' },
]
/** The fields that show what is wrong with them themselves. */
const shownFields = ['name', 'spec.sql', 'spec.columns', 'minPercent']

interface MetricForm {
  name: string
  kind: MetricSpecInput['kind']
  sql: string
  columns: string[]
  direction: MetricDirection
  minPercent: number
}

interface MetricDialogProps {
  asset: AssetDetail
  /** The metric that is edited; without one a new one is defined. */
  metric: Metric | undefined
  onClose: () => void
}

/** Defines a metric of a table: a query, or a key whose repetitions count. It can be tried before it is saved. */
export function MetricDialog({ asset, metric, onClose }: MetricDialogProps) {
  const [form, setForm] = useState(() => formOf(asset, metric))
  const change = (next: Partial<MetricForm>): void => setForm((before) => ({ ...before, ...next }))
  const queryClient = useQueryClient()
  const { name, direction, minPercent } = form
  const input = { name, spec: specOf(form), direction, minPercent }
  const trial = useMutation({ mutationFn: () => tryMetric({ assetId: asset.id, spec: input.spec }) })
  const save = useMutation({
    mutationFn: () => (metric ? updateMetric(metric.id, input) : createMetric({ assetId: asset.id, ...input })),
    onSuccess: async ({ name: saved, notTried }) => {
      if (notTried !== null)
        notifications.show({ color: 'yellow', title: `${saved} was saved without being tried`, message: notTried })
      await queryClient.invalidateQueries({ queryKey: metricKeys.all })
      onClose()
    },
  })
  const failed = [save, trial].find(({ isError }) => isError)?.error
  const errors = failed ? fieldErrors(asProblem(failed)) : {}
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={metric ? `Edit ${metric.name}` : `Define a metric of ${asset.name}`}
    >
      <form action={() => save.mutate()}>
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={form.name}
            error={errors['name']}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
          <MeasureFields asset={asset} form={form} errors={errors} onChange={change} />
          <AnomalyFields form={form} errors={errors} onChange={change} />
          {metric && <LastOutcomeNote metric={metric} />}
          {trial.isSuccess && <TrialOutcome trial={trial.data} />}
          {failed && <ProblemAlert error={failed} shownFields={shownFields} />}
          <Group justify="flex-end">
            <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate()}>
              Try it
            </Button>
            <Button type="submit" loading={save.isPending}>
              {metric ? 'Save' : 'Define'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function LastOutcomeNote({ metric }: { metric: Metric }) {
  return (
    <Text size="sm" c="dimmed">
      Last capture: <LastOutcome metric={metric} />
    </Text>
  )
}

interface FieldsProps {
  form: MetricForm
  errors: Partial<Record<string, string>>
  onChange: (change: Partial<MetricForm>) => void
}

function MeasureFields({ asset, form, errors, onChange }: FieldsProps & { asset: AssetDetail }) {
  return (
    <>
      <SegmentedControl
        aria-label="What is measured"
        data={[
          { value: 'sql', label: 'A query' },
          { value: 'duplicates', label: 'Duplicates of a key' },
        ]}
        value={form.kind}
        onChange={(kind) => onChange({ kind: kind === 'sql' ? 'sql' : 'duplicates' })}
      />
      {form.kind === 'sql' ? (
        <Textarea
          label="Query"
          description="One SELECT that returns a number, or a group and a number. It runs read only."
          required
          autosize
          minRows={4}
          maxRows={14}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={form.sql}
          error={errors['spec.sql']}
          onChange={({ currentTarget }) => onChange({ sql: currentTarget.value })}
        />
      ) : (
        <MultiSelect
          label="Key"
          description="Rows beyond the first with the same values in these columns are counted; a null repeats nothing."
          required
          data={asset.columns.map(({ name }) => name)}
          value={form.columns}
          error={errors['spec.columns']}
          onChange={(columns) => onChange({ columns })}
        />
      )}
    </>
  )
}

/** What of it is unusual. */
function AnomalyFields({ form, errors, onChange }: FieldsProps) {
  return (
    <Group grow align="flex-start">
      <Select
        label="An anomaly is"
        data={directions}
        allowDeselect={false}
        value={form.direction}
        onChange={(value) => onChange({ direction: directions.find((one) => one.value === value)?.value ?? 'both' })}
      />
      <NumberInput
        label="At least so many percent off"
        min={0}
        max={1000}
        value={form.minPercent}
        error={errors['minPercent']}
        onChange={(value) => onChange({ minPercent: Number(value) })}
      />
    </Group>
  )
}

function TrialOutcome({ trial }: { trial: MetricTrial }) {
  if (!trial.ok) {
    return (
      <Text size="sm" c="red" role="status">
        It cannot be measured: {trial.message}
      </Text>
    )
  }
  const [only] = trial.values
  if (trial.values.length === 1 && only?.group === null) {
    return (
      <Text size="sm" role="status">
        It is <Code>{only.value ?? 'nothing'}</Code> now, measured in {trial.durationMs} ms.
      </Text>
    )
  }
  return (
    <HeadedTable label="What it measured" minWidth={240} headers={['Group', 'Value']}>
      {trial.values.map(({ group, value }) => (
        <Table.Tr key={group}>
          <Table.Td>{group}</Table.Td>
          <Table.Td>{value}</Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}

const specOf = ({ kind, sql, columns }: MetricForm): MetricSpecInput =>
  kind === 'sql' ? { kind, sql } : { kind, columns }

function formOf(asset: AssetDetail, metric: Metric | undefined): MetricForm {
  const schema = asset.path.at(-1)?.name ?? 'public'
  const example = `select count(*)\nfrom ${quoted(schema)}.${quoted(asset.name)}`
  const begin = { name: '', kind: 'sql', sql: example, columns: [], direction: 'both', minPercent: 3 } as const
  if (!metric) return { ...begin, columns: [] }
  const { name, spec, direction, minPercent } = metric
  return {
    name,
    kind: spec.kind,
    sql: spec.kind === 'sql' ? spec.sql : example,
    columns: spec.kind === 'duplicates' ? spec.columns : [],
    direction,
    minPercent,
  }
}

const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)
