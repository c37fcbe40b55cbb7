/** What a bank's own images say of new ones: the calibration of decisions. */
package io.nightjar.decision.calibration;
