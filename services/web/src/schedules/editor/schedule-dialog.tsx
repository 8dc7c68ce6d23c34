import { Button, Divider, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import {
  createSchedule,
  scheduleKeys,
  schedulePreview,
  updateSchedule,
  type PreviewQuery,
} from '../../api/schedule-calls.ts'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useFormCheck } from '../../shell/use-form-check.tsx'
import { HowFields } from './how-fields.tsx'
import { NextRuns } from './next-runs.tsx'
import {
  createInput,
  formOf,
  madeUpName,
  missingFields,
  nameLimit,
  previewQuery,
  shownFields,
  updateInput,
  wrongFields,
  type ScheduleForm,
} from './schedule-form-state.ts'
import { WhatFields, type FieldsProps } from './what-fields.tsx'
import { WhenFields } from './when-fields.tsx'
import type { Schedule } from '@plumbline/api'

interface ScheduleDialogProps {
  /** The schedule that is edited, or what a new one begins with. */
  begin: { schedule: Schedule } | { form: ScheduleForm }
  onClose: () => void
  onSaved: (schedule: Schedule) => void
}

/** Adds or edits a schedule, and shows while it is typed when it would run. */
export function ScheduleDialog({ begin, onClose, onSaved }: ScheduleDialogProps) {
  const schedule = 'schedule' in begin ? begin.schedule : undefined
  const { fields, previewed, check, save, submit } = useScheduleForm(begin, onSaved)
  const { form, errors } = fields
  return (
    <Modal opened size="lg" onClose={onClose} title={schedule === undefined ? 'New schedule' : `Edit ${schedule.name}`}>
      <form action={submit} noValidate>
        <Stack>
          <WhatFields {...fields} />
          <Divider label="When" labelPosition="left" />
          <WhenFields {...fields} />
          {previewed !== null && <NextRuns query={previewed} />}
          <Divider label="How" labelPosition="left" />
          <HowFields {...fields} />
          <TextInput
            label="Name"
            description="Left empty, it is named after what it does"
            placeholder={madeUpName(form)}
            maxLength={nameLimit}
            value={form.name}
            error={errors['name']}
            onChange={(event) => fields.onChange({ name: event.currentTarget.value })}
          />
          {check.note}
          {save.isError && <ProblemAlert error={save.error} shownFields={shownFields(form.type)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={save.isPending}>
              {schedule === undefined ? 'Add the schedule' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What is typed, what is wrong with it, and its way to the server. */
function useScheduleForm(begin: ScheduleDialogProps['begin'], onSaved: (schedule: Schedule) => void) {
  const schedule = 'schedule' in begin ? begin.schedule : undefined
  const [form, setForm] = useState(() => ('form' in begin ? begin.form : formOf(begin.schedule)))
  const preview = usePreview(form)
  const save = useSave(schedule, onSaved)
  const [missing, wrong] = [missingFields(form), wrongFields(form)]
  const check = useFormCheck({ ...missing, ...wrong }, shownFields(form.type))
  const submit = (): void => {
    if (check.passes()) save.mutate(form)
  }
  const errors: Record<string, string> = {
    ...preview.errors,
    ...(save.isError && fieldErrors(asProblem(save.error))),
    ...wrong,
    // What is not filled in yet is not held against a person who has only begun.
    ...(check.held && missing),
  }
  const fields: FieldsProps = {
    form,
    stored: schedule !== undefined,
    errors,
    onChange: (change) => {
      // What the server refused belongs to what was sent, not to what is typed now.
      if (save.isError) save.reset()
      setForm((before) => ({ ...before, ...change }))
    },
  }
  return { fields, previewed: preview.query, check, save, submit }
}

/** What is asked a moment after the last key, and what the answer has against the fields. */
function usePreview(form: ScheduleForm): { query: PreviewQuery | null; errors: Record<string, string> } {
  const wanted = useMemo(() => previewQuery(form), [form])
  const [query] = useDebouncedValue(wanted, 250)
  const { error } = useQuery({ ...schedulePreview(query ?? { timezone: form.timezone }), enabled: query !== null })
  if (wanted === null || query === null) return { query: null, errors: {} }
  return { query, errors: error === null ? {} : fieldErrors(asProblem(error)) }
}

function useSave(schedule: Schedule | undefined, onSaved: (schedule: Schedule) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (form: ScheduleForm) => {
      if (schedule !== undefined) return updateSchedule(schedule.id, updateInput(form))
      if (form.asset === null) throw new Error('No asset is chosen')
      return createSchedule(createInput(form, form.asset))
    },
    onSuccess: (saved) => {
      void queryClient.invalidateQueries({ queryKey: scheduleKeys.all })
      notifications.show({ color: 'teal', message: `${saved.name} is saved` })
      onSaved(saved)
    },
  })
}
