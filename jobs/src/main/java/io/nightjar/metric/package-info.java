/**
 * Figures of merit with exact definitions, computed from counts that can be gathered anywhere and
 * merged in any order.
 */
package io.nightjar.metric;
