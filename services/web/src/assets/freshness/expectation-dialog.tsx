import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { assetKeys } from '../../api/asset-calls.ts'
import { deleteExpectation, saveExpectation } from '../../api/freshness-calls.ts'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { DurationField } from '../../schedules/editor/duration-field.tsx'
import { TimeZoneField } from '../../schedules/editor/time-zone-field.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { expectationForm, expectationOf, type ExpectationForm } from './expectation-form.ts'
import { sensitivityLabels } from './freshness-labels.ts'
import { WindowFields } from './window-fields.tsx'
import { sensitivities } from '@plumbline/workflows'
import type { AssetDetail, Freshness } from '@plumbline/api'

interface ExpectationDialogProps {
  asset: AssetDetail
  expectation: Freshness['expectation']
  /** It was said of this asset, and can be taken back. */
  own: boolean
  onClose: () => void
}

/** Those whose error stands beside them; of the calendar it is told with its place in a list. */
const shownFields = [
  'interval',
  'tolerance',
  'column',
  'calendar.timezone',
  'calendar.windows',
  'calendar.dates',
  'calendar',
]

/** Says how often updates are expected, when none are, and by which column they are told. */
export function ExpectationDialog({ asset, expectation, own, onClose }: ExpectationDialogProps) {
  const [form, setForm] = useState(() => expectationForm(expectation))
  const queryClient = useQueryClient()
  const onSuccess = () => {
    void queryClient.invalidateQueries({ queryKey: assetKeys.all })
    onClose()
  }
  const save = useMutation({ mutationFn: () => saveExpectation(asset.id, expectationOf(form)), onSuccess })
  const remove = useMutation({ mutationFn: () => deleteExpectation(asset.id), onSuccess })
  const failed = save.isError ? save : remove
  const errors = failed.isError ? fieldErrors(asProblem(failed.error)) : {}
  const change = (part: Partial<ExpectationForm>): void => setForm((before) => ({ ...before, ...part }))
  return (
    <Modal opened onClose={onClose} size="lg" title={`What is expected of ${asset.name}`}>
      <form action={() => save.mutate()}>
        <Stack>
          <RhythmFields form={form} errors={errors} onChange={change} />
          <CalendarFields form={form} errors={errors} onChange={change} />
          <ColumnField asset={asset} form={form} error={errors['column']} onChange={change} />
          {failed.isError && <ProblemAlert error={failed.error} shownFields={shownFields} />}
          <Group justify="space-between">
            {own ? (
              <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
                Take it back
              </Button>
            ) : (
              <span />
            )}
            <Group>
              <Button variant="default" onClick={onClose}>
                Close
              </Button>
              <Button type="submit" loading={save.isPending}>
                Save
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface FieldsProps {
  form: ExpectationForm
  errors: Record<string, string>
  onChange: (part: Partial<ExpectationForm>) => void
}

function RhythmFields({ form, errors, onChange }: FieldsProps) {
  return (
    <>
      <SegmentedControl
        aria-label="How often updates are expected"
        data={[
          { value: 'learned', label: 'Learn it from what is seen' },
          { value: 'given', label: 'I know how often' },
        ]}
        value={form.known}
        onChange={(known) => onChange({ known })}
      />
      {form.known === 'learned' ? (
        <Select
          label="Sensitivity"
          description="Low raises an alarm only for what was never seen; high for what is a little unusual"
          allowDeselect={false}
          data={sensitivities.map((one) => ({ value: one, label: sensitivityLabels[one] }))}
          value={form.sensitivity}
          onChange={(sensitivity) => sensitivity !== null && onChange({ sensitivity })}
        />
      ) : (
        <Group align="flex-start" gap="lg">
          <DurationField
            label="An update every"
            description="Not counting the times below"
            value={form.interval}
            error={errors['interval']}
            onChange={(interval) => onChange({ interval })}
          />
          <DurationField
            label="Stale when overdue by"
            description="Empty: a quarter of the interval"
            value={form.tolerance}
            error={errors['tolerance']}
            onChange={(tolerance) => onChange({ tolerance })}
          />
        </Group>
      )}
    </>
  )
}

function CalendarFields({ form, errors, onChange }: FieldsProps) {
  return (
    <>
      <TimeZoneField
        purpose="Weekdays, hours and days are read in it"
        value={form.timezone}
        error={errors['calendar.timezone']}
        onChange={(timezone) => onChange({ timezone })}
      />
      <WindowFields windows={form.windows} errors={errors} onChange={(windows) => onChange({ windows })} />
      <Textarea
        label="Days without updates"
        description="Holidays and the like, one a line, as 2026-12-25"
        autosize
        minRows={1}
        maxRows={6}
        value={form.dates}
        error={Object.entries(errors).find(([field]) => field.startsWith('calendar.dates'))?.[1]}
        onChange={(event) => onChange({ dates: event.currentTarget.value })}
      />
      {errors['calendar'] !== undefined && (
        <Text size="sm" c="red">
          The calendar {errors['calendar']}
        </Text>
      )}
    </>
  )
}

interface ColumnFieldProps {
  asset: AssetDetail
  form: ExpectationForm
  error: string | undefined
  onChange: (part: Partial<ExpectationForm>) => void
}

/** Only of a table: the columns of a schema's tables have names of their own. */
function ColumnField({ asset, form, error, onChange }: ColumnFieldProps) {
  const columns = asset.columns.filter(({ type }) => type === 'timestamp' || type === 'date').map(({ name }) => name)
  if (columns.length === 0) return null
  return (
    <Select
      label="Column that says when rows were changed"
      description="Its newest value is believed above all; without one it is chosen by name and index"
      clearable
      placeholder="Chosen by its name"
      data={columns}
      value={form.column === '' ? null : form.column}
      error={error}
      onChange={(column) => onChange({ column: column ?? '' })}
    />
  )
}
