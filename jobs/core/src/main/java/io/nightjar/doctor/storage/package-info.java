/**
 * What a place on any Hadoop file system allows, tried with small files that are deleted again;
 * each step has a time limit.
 */
package io.nightjar.doctor.storage;
