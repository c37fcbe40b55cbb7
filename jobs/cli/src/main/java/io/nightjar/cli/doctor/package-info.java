/**
 * What the command {@code doctor} adds to the checks: versions, and the document that it writes.
 */
package io.nightjar.cli.doctor;
