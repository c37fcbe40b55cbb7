/**
 * Checks of the machine that this process runs on: processor, memory, disks, native libraries,
 * devices, and how fast they compute.
 */
package io.nightjar.doctor.machine;
