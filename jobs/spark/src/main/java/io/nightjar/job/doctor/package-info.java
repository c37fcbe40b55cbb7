/**
 * Examination of a cluster: what every executor process has and loads, by its own account, and what
 * of that is in the way of a run.
 */
package io.nightjar.job.doctor;
