/**
 * What the processes of a run have and take: the memory that banks are planned with, its peaks by
 * category, and how often the storage was asked again.
 */
package io.nightjar.job.memory;
