/**
 * Where the images of a data set are: MVTec AD's layout, folders and lists of normal or unlabelled
 * images, on any Hadoop file system. Actions list their input with it.
 */
package io.nightjar.dataset.layout;
