/**
 * The table of a history of runs in Delta Lake, whose library is only there where it is asked for.
 */
package io.nightjar.job.history;
