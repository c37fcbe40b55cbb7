/** Lists of paths as people, editors and spreadsheets write them. */
package io.nightjar.dataset.list;
