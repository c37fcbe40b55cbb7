/**
 * Groups of neighbouring rows by k-means on two levels, from which exact search skips groups and
 * inverted file search takes its lists.
 */
package io.nightjar.bank.kmeans;
