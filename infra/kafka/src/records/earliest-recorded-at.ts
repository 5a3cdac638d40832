/** No record of a log of Headwater is older: an earlier time is that of a clock that is wrong, or none. */
export const earliestRecordedAt = Date.UTC(2020, 0, 1)
