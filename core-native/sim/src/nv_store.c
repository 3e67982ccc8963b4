/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * A log of settings. Page 0 of an area is its head: magic, generation, CRC-32. Each further page
 * holds one record at most: a value, the end of one setting, or the end of all. The last sound
 * record of a setting counts; a torn one has a wrong CRC and counts as nothing. Of two areas with a
 * head the one with the higher generation is in use.
 *
 * A change is one page that is added, and it is done or not done. When there is no room, what still
 * counts goes into the other area together with the change, and the head, written last, makes that
 * one count.
 */
#include "nv_store.h"

#include <string.h>

#include "card.h"
#include "crc.h"

#define HEAD_MAGIC     0x4e564831u /* NVH1 */
#define HEAD_BYTES     12u
#define RECORD_MAGIC   0x4e565231u /* NVR1 */
#define RECORD_HEAD    16u
#define CRC_BYTES      4u
#define MAX_DATA_BYTES (4 * SIM_NV_MAX_WORDS)
#define MAX_PAGES      (SIM_NV_MAX_AREA_BYTES / SIM_PAGE_BYTES)
#define PROGRAM_TRIES  3u

enum record_kind { RECORD_VALUE = 1, RECORD_DROPPED = 2, RECORD_ALL_DROPPED = 3 };

struct record {
	uint32_t kind;
	uint32_t id; /* type [31:16], modifier */
	uint32_t len_bytes;
	uint8_t data[MAX_DATA_BYTES];
};

struct store {
	struct cx3_sim *sim;
	struct sim_nv_place place;
	unsigned pages; /* of one area */
	bool in_use;	/* one of the areas has a head */
	unsigned home;	/* that one */
	uint32_t generation;
};

static void put(uint8_t *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (24 - 8 * i));
}

static uint32_t get(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t id_of(uint32_t type, unsigned modifier)
{
	return type << 16 | (modifier & 0xff);
}

static bool read_head(const struct store *s, unsigned home, uint32_t *generation)
{
	const uint8_t *page = sim_nv_page(s->sim, &s->place, home, 0);

	*generation = get(page + 4);
	return get(page) == HEAD_MAGIC && get(page + 8) == sim_crc32(page, 8);
}

static bool read_record(const struct store *s, unsigned home, unsigned page, struct record *out)
{
	const uint8_t *p = sim_nv_page(s->sim, &s->place, home, page);

	if (get(p) != RECORD_MAGIC)
		return false;
	out->kind = get(p + 4);
	out->id = get(p + 8);
	out->len_bytes = get(p + 12);
	if (out->len_bytes > MAX_DATA_BYTES || out->kind < RECORD_VALUE ||
	    out->kind > RECORD_ALL_DROPPED)
		return false;
	memcpy(out->data, p + RECORD_HEAD, out->len_bytes);
	return get(p + RECORD_HEAD + out->len_bytes) == sim_crc32(p, RECORD_HEAD + out->len_bytes);
}

static size_t encode(const struct record *record, uint8_t page[SIM_PAGE_BYTES])
{
	size_t len = RECORD_HEAD + record->len_bytes;

	put(page, RECORD_MAGIC);
	put(page + 4, record->kind);
	put(page + 8, record->id);
	put(page + 12, record->len_bytes);
	memcpy(page + RECORD_HEAD, record->data, record->len_bytes);
	put(page + len, sim_crc32(page, len));
	return len + CRC_BYTES;
}

/* A host in the middle of a burn has the chip; firmware stays away [chosen]. */
static bool flash_is_taken(const struct sim_state *st)
{
	return st->semaphore[SIM_SEMAPHORES - 1] || st->cs_held;
}

/* Content in both areas and no head in either: that is not ours. One area that was torn before it
 * ever counted is. */
static enum sim_nv_status open_store(struct cx3_sim *sim, struct store *s)
{
	uint32_t generation;

	memset(s, 0, sizeof(*s));
	s->sim = sim;
	if (!sim_nv_place(sim, &s->place))
		return SIM_NV_BAD_CONFIG;
	if (!flash_is_taken(sim->state))
		sim_nv_settle(sim);
	s->pages = s->place.area_bytes / SIM_PAGE_BYTES;
	for (unsigned home = 0; home < SIM_NV_HOMES; home++) {
		if (!read_head(s, home, &generation) || (s->in_use && generation < s->generation))
			continue;
		s->in_use = true;
		s->home = home;
		s->generation = generation;
	}
	if (s->in_use || sim_nv_blank(sim, &s->place, 0, 0, s->pages) ||
	    sim_nv_blank(sim, &s->place, 1, 0, s->pages))
		return SIM_NV_OK;
	return SIM_NV_CORRUPT;
}

/* The last word about a setting; page 0 = there is none. */
static unsigned find(const struct store *s, uint32_t id, struct record *out)
{
	struct record record;
	unsigned found = 0;

	for (unsigned page = 1; s->in_use && page < s->pages; page++) {
		if (!read_record(s, s->home, page, &record))
			continue;
		if (record.kind == RECORD_ALL_DROPPED) {
			found = 0;
		} else if (record.id == id) {
			found = record.kind == RECORD_VALUE ? page : 0;
			*out = record;
		}
	}
	return found;
}

struct live {
	unsigned count;
	uint32_t id[MAX_PAGES];
	uint16_t page[MAX_PAGES];
};

static void forget(struct live *live, uint32_t id)
{
	for (unsigned i = 0; i < live->count; i++) {
		if (live->id[i] != id)
			continue;
		live->count--;
		live->id[i] = live->id[live->count];
		live->page[i] = live->page[live->count];
		return;
	}
}

static void list_live(const struct store *s, struct live *live)
{
	struct record record;

	live->count = 0;
	for (unsigned page = 1; s->in_use && page < s->pages; page++) {
		if (!read_record(s, s->home, page, &record))
			continue;
		if (record.kind == RECORD_ALL_DROPPED) {
			live->count = 0;
			continue;
		}
		forget(live, record.id);
		if (record.kind == RECORD_VALUE) {
			live->id[live->count] = record.id;
			live->page[live->count++] = (uint16_t)page;
		}
	}
}

static bool write_record(const struct store *s, unsigned home, unsigned page,
			 const struct record *record)
{
	uint8_t bytes[SIM_PAGE_BYTES];
	size_t len = encode(record, bytes);

	return sim_nv_program(s->sim, &s->place, home, page, bytes, len);
}

static bool write_head(const struct store *s, unsigned home, uint32_t generation)
{
	uint8_t bytes[HEAD_BYTES];

	put(bytes, HEAD_MAGIC);
	put(bytes + 4, generation);
	put(bytes + 8, sim_crc32(bytes, 8));
	return sim_nv_program(s->sim, &s->place, home, 0, bytes, sizeof(bytes));
}

/* Of a store that was never used: an area stays blank until the other one has its head, so that one
 * torn before that is not taken for somebody else's content. */
static unsigned first_home(const struct store *s)
{
	return sim_nv_blank(s->sim, &s->place, 0, 0, s->pages) &&
	       !sim_nv_blank(s->sim, &s->place, 1, 0, s->pages);
}

/* What counts and the change go into the other area; its head is written last. */
static enum sim_nv_status move(struct store *s, const struct record *change)
{
	const unsigned target = s->in_use ? 1 - s->home : first_home(s);
	struct record record;
	struct live live;
	unsigned page = 1;

	list_live(s, &live);
	if (change->kind == RECORD_ALL_DROPPED)
		live.count = 0;
	else
		forget(&live, change->id);
	if (live.count + (change->kind == RECORD_VALUE) > s->pages - 1)
		return SIM_NV_NO_RESOURCE;
	if (!sim_nv_erase(s->sim, &s->place, target))
		return SIM_NV_INTERNAL;
	for (unsigned i = 0; i < live.count; i++) {
		if (!read_record(s, s->home, live.page[i], &record) ||
		    !write_record(s, target, page++, &record))
			return SIM_NV_INTERNAL;
	}
	if (change->kind == RECORD_VALUE && !write_record(s, target, page, change))
		return SIM_NV_INTERNAL;
	return write_head(s, target, s->generation + 1) ? SIM_NV_OK : SIM_NV_INTERNAL;
}

static enum sim_nv_status add(struct store *s, const struct record *change)
{
	unsigned page = s->pages;

	if (!s->in_use)
		return move(s, change);
	while (page > 1 && sim_nv_blank(s->sim, &s->place, s->home, page - 1, 1))
		page--;
	for (unsigned tries = 0; tries < PROGRAM_TRIES && page < s->pages; tries++, page++) {
		if (write_record(s, s->home, page, change))
			return SIM_NV_OK;
		if (!s->sim->state->powered)
			return SIM_NV_INTERNAL;
	}
	return page < s->pages ? SIM_NV_INTERNAL : move(s, change);
}

enum sim_nv_status sim_nv_get(struct cx3_sim *sim, uint32_t type, unsigned modifier,
			      uint32_t *words, unsigned count)
{
	struct record record;
	struct store s;
	enum sim_nv_status status = open_store(sim, &s);

	if (status == SIM_NV_BAD_CONFIG)
		return SIM_NV_NO_RESOURCE;
	if (status != SIM_NV_OK)
		return status;
	if (!find(&s, id_of(type, modifier), &record) || record.len_bytes != 4 * count)
		return SIM_NV_NO_RESOURCE;
	for (unsigned i = 0; i < count; i++)
		words[i] = get(record.data + 4 * i);
	return SIM_NV_OK;
}

enum sim_nv_status sim_nv_set(struct cx3_sim *sim, uint32_t type, unsigned modifier,
			      const uint32_t *words, unsigned count)
{
	struct record change = {.kind = RECORD_VALUE, .id = id_of(type, modifier)}, old;
	struct store s;
	enum sim_nv_status status = open_store(sim, &s);

	if (status != SIM_NV_OK)
		return status;
	if (flash_is_taken(sim->state))
		return SIM_NV_BUSY;
	if (count > SIM_NV_MAX_WORDS)
		return SIM_NV_BAD_PARAMETER;
	change.len_bytes = 4 * count;
	for (unsigned i = 0; i < count; i++)
		put(change.data + 4 * i, words[i]);
	/* What is there already wears nothing out. */
	if (find(&s, change.id, &old) && old.len_bytes == change.len_bytes &&
	    memcmp(old.data, change.data, change.len_bytes) == 0)
		return SIM_NV_OK;
	return add(&s, &change);
}

enum sim_nv_status sim_nv_drop(struct cx3_sim *sim, uint32_t type, unsigned modifier)
{
	struct record change = {.kind = RECORD_DROPPED, .id = id_of(type, modifier)}, old;
	struct store s;
	enum sim_nv_status status = open_store(sim, &s);

	if (status != SIM_NV_OK)
		return status;
	if (!find(&s, change.id, &old))
		return SIM_NV_NO_RESOURCE;
	return flash_is_taken(sim->state) ? SIM_NV_BUSY : add(&s, &change);
}

/* Also mends a store that is not ours. */
enum sim_nv_status sim_nv_drop_all(struct cx3_sim *sim)
{
	struct record change = {.kind = RECORD_ALL_DROPPED};
	struct store s;
	struct live live;
	enum sim_nv_status status = open_store(sim, &s);

	if (status != SIM_NV_OK && status != SIM_NV_CORRUPT)
		return status;
	list_live(&s, &live);
	if (status == SIM_NV_OK && live.count == 0)
		return SIM_NV_OK;
	return flash_is_taken(sim->state) ? SIM_NV_BUSY : add(&s, &change);
}
