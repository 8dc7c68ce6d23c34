/** The id of the run behind a job; fixed, so that a job can be started once only. */
export const workflowIdOf = (jobId: string): string => `job-${jobId}`

/** The id of the run that tidies up after a job which was ended by force; fixed, so that it is done once. */
export const cleanupIdOf = (jobId: string): string => `cleanup-${jobId}`

/** Sent to a waiting job when an ended one gave its slot to it. */
export const slotGrantedSignal = 'slotGranted'

/** Of a schedule in Temporal; the runs of its ticks have this and their time. */
export const temporalScheduleIdOf = (scheduleId: string): string => `schedule-${scheduleId}`

/** The id of the run that delivers a notice; fixed, so that it is delivered once. */
export const deliveryWorkflowIdOf = (deliveryId: string): string => `delivery-${deliveryId}`

/** The id of the run that tells what happened to jobs; there is one at a time, so that it is told in its order. */
export const runEventDeliveryId = 'run-event-delivery'

/** The id of the run behind a bulk operation. */
export const operationWorkflowIdOf = (operationId: string): string => `operation-${operationId}`
