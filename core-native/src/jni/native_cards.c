/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/device.h"
#include "glue.h"
#include "org_cx3tools_nativecore_NativeCards.h"

#include <stdlib.h>

struct listing {
	JNIEnv *env;
	jclass cards_class;
	jmethodID found;
	jobject cards;
};

static int add_card(void *user, const struct cx3_card *card)
{
	struct listing *listing = user;
	JNIEnv *env = listing->env;
	jclass bytes_class;
	jlongArray numbers;
	jobjectArray texts;

	if ((*env)->PushLocalFrame(env, 16))
		return CX3_NO_MEMORY;
	bytes_class = (*env)->FindClass(env, "[B");
	if (!bytes_class)
		goto out;
	numbers = (*env)->NewLongArray(env, CX3_JNI_CARD_NUMBERS);
	if (!numbers)
		goto out;
	texts = (*env)->NewObjectArray(env, CX3_JNI_CARD_TEXTS, bytes_class, NULL);
	if (!texts)
		goto out;
	if (cx3_jni_card(env, card, numbers, texts))
		(*env)->CallStaticVoidMethod(env, listing->cards_class, listing->found,
					     listing->cards, numbers, texts);
out:
	(*env)->PopLocalFrame(env, NULL);
	return (*env)->ExceptionCheck(env) ? CX3_NO_MEMORY : 0;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeCards_list0(JNIEnv *env, jclass cards_class,
								      jbyteArray sysfs_root,
								      jobject cards)
{
	struct listing listing = {.env = env, .cards_class = cards_class, .cards = cards};
	struct cx3_error err = {0};
	char *root;
	int result;

	listing.found = (*env)->GetStaticMethodID(env, cards_class, "found",
						  "(Ljava/util/ArrayList;[J[[B)V");
	if (!listing.found || !cx3_jni_text(env, sysfs_root, &root))
		return;
	result = cx3_list_cards(root, add_card, &listing, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	free(root);
}
