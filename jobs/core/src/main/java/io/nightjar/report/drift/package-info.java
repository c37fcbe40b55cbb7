/** What a comparison of scores with a reference found. */
package io.nightjar.report.drift;
