/**
 * Examination of what a run would run on: findings that say what to mend, and the report of all of
 * them. A check that breaks is a finding and ends no other.
 */
package io.nightjar.doctor;
