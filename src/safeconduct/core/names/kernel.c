/* The optional compiled kernel of core/names: the same whole numbers as retrieval.py, comparison.py and evidence.py, faster.
 *
 * Compiled by ./run where a C compiler is at hand (see kernel.py); plain C99 and libm, no Python headers. Nothing here allocates,
 * opens or writes anything but the buffers it is given. Strains and inputs are in 1/10,000, rough scores in 1/1,000 bit. What a
 * function does is told where the Python function of the same name stands; tests/core/names/test_kernel.py holds both together.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define KERNEL_VERSION 2
#define SCALE 10000
#define MOST_TOKENS 12
#define MOST_SKELETONS 6
#define MOST_CLASSES 8
#define LONGEST 41
#define LETTERS 64
#define SLOTS 768
#define TABLE 4096
#define SKELETON 14
#define FAR 90000
#define SAME_YEAR 5000
#define SAME_DAY 12000

enum { SURNAME, GIVEN, PATRONYMIC, INITIAL };
enum { ARABIC = 5 };
enum { EXACT, SOUND, NEAR, EQUIVALENT, INITIALS, FATHER, JOINED };
enum {
    X_SURNAME_RARITY, X_SURNAME_STRAIN, X_GIVEN_RARITY, X_GIVEN_STRAIN, X_GIVEN_EQUIVALENT, X_PATRONYMIC_RARITY,
    X_PATRONYMIC_STRAIN, X_INITIALS, X_SURNAME_CONFLICT, X_GIVEN_CONFLICT, X_PATRONYMIC_CONFLICT, X_OURS_LEFT, X_THEIRS_LEFT,
    X_JOINED, X_LONE, X_BORN, X_COUNTRY_SAME = X_BORN + 9, X_COUNTRY_OTHER, X_GENDER_OTHER, X_NAMESAKES, INPUTS
};
enum { B_EXACT, B_SWAPPED, B_SLIP, B_MONTH, B_OTHER_DAY, B_YEAR, B_NEAR, B_CONFLICT, B_UNKNOWN };

typedef struct {
    int64_t rows, entries, sounds, hash_count, more_count;
    const uint32_t *hashes;
    const int32_t *owners;
    const char *skeletons, *others;
    const uint32_t *posting_starts;
    const int32_t *postings;
    const uint32_t *row_starts;
    const int32_t *row_pieces, *piece_sounds, *piece_parts;
    const uint32_t *part_starts;
    const uint8_t *parts;
    const uint32_t *entry_starts;
    const int32_t *born, *born_order, *more_born, *entry_countries;
    const uint8_t *genders;
} Lists;

typedef struct {
    int len;
    uint16_t raw[LONGEST];
    uint8_t id[LONGEST];
} Text;

typedef struct {
    int role, script, gender, known, neutral, skeletons, classes, fathers, rarity[3];
    int doubt[MOST_SKELETONS];
    uint16_t class_of[MOST_CLASSES], father_of[MOST_CLASSES];
    Text plain, skeleton[MOST_SKELETONS], bones[MOST_SKELETONS], kinds[MOST_SKELETONS], heard[MOST_SKELETONS];
    int strain[MOST_TOKENS];
} Token;

typedef struct {
    int len;
    uint64_t at[LETTERS];
} Pattern;

typedef struct {
    Pattern plain, skeleton[MOST_SKELETONS], bones[MOST_SKELETONS], kinds[MOST_SKELETONS], heard[MOST_SKELETONS];
} Patterns;

/* One for each thread, empty at first. */
typedef struct {
    uint8_t letters[65536];
    int32_t table[TABLE], owner[SLOTS];
    Token ours[MOST_TOKENS], slots[SLOTS];
    Patterns patterns[MOST_TOKENS];
    int used, letter_count, overflow;
} Scratch;

int64_t sc_version(void) { return KERNEL_VERSION * 1000 + INPUTS; }
int64_t sc_scratch_bytes(void) { return (int64_t)sizeof(Scratch); }

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

/* ---- distances -------------------------------------------------------------------------------------------------------- */

static int osa_plain(const uint16_t *a, int n, const uint16_t *b, int m) {
    int rows[3][2 * LONGEST + 2], *two = rows[0], *one = rows[1], *now = rows[2];
    for (int j = 0; j <= m; j++) one[j] = j;
    for (int i = 1; i <= n; i++) {
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            int d = least(least(one[j] + 1, now[j - 1] + 1), one[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d = least(d, two[j - 2] + 1);
            now[j] = d;
        }
        int *spare = two;
        two = one, one = now, now = spare;
    }
    return one[m];
}

/* Bits in place of a column of the matrix: Hyyro, 2003. */
static int osa_bits(const uint64_t *at, int len, const uint8_t *text, int n) {
    if (len == 0) return n;
    uint64_t vp = ~UINT64_C(0), vn = 0, d0 = 0, before = 0, last = UINT64_C(1) << (len - 1);
    int distance = len;
    for (int j = 0; j < n; j++) {
        uint64_t here = at[text[j]];
        uint64_t swapped = (((~d0) & here) << 1) & before;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped;
        uint64_t hp = vn | ~(d0 | vp), hn = d0 & vp;
        distance += (hp & last) != 0;
        distance -= (hn & last) != 0;
        hp = (hp << 1) | 1;
        hn <<= 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    return distance;
}

static int apart(const Scratch *s, const Pattern *p, const Text *ours, const Text *theirs) {
    if (s->overflow) return osa_plain(ours->raw, ours->len, theirs->raw, theirs->len);
    return osa_bits(p->at, p->len, theirs->id, theirs->len);
}

/* ---- tokens ----------------------------------------------------------------------------------------------------------- */

static int is_vowel(int c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

static int kind_of(int c) {
    switch (c) {
    case 'h': case 'k': return 'g';
    case 'z': case 'c': return 's';
    case 'Z': case 'C': return 'S';
    case 'b': return 'p';
    case 'd': return 't';
    case 'f': return 'v';
    default: return c;
    }
}

static void lettered(Scratch *s, Text *t, int ours) {
    for (int i = 0; i < t->len; i++) {
        int c = t->raw[i];
        if (ours && !s->letters[c]) {
            if (s->letter_count >= LETTERS - 1) s->overflow = 1;
            else s->letters[c] = (uint8_t)++s->letter_count;
        }
        t->id[i] = s->letters[c];
    }
}

static void derived(Token *t, int place) {
    const Text *whole = &t->skeleton[place];
    Text *bones = &t->bones[place], *kinds = &t->kinds[place], *heard = &t->heard[place];
    int n = 0;
    if (whole->len && is_vowel(whole->raw[0])) bones->raw[n++] = 'A';
    for (int i = 0; i < whole->len; i++)
        if (!is_vowel(whole->raw[i]) && n < LONGEST) bones->raw[n++] = whole->raw[i];
    bones->len = kinds->len = n;
    for (int i = 0; i < n; i++) kinds->raw[i] = (uint16_t)kind_of(bones->raw[i]);
    heard->len = whole->len;
    for (int i = 0; i < whole->len; i++) {
        int c = whole->raw[i];
        heard->raw[i] = (uint16_t)(c == 'o' ? 'a' : c == 'e' ? 'i' : c);
    }
}

static int two(const uint8_t *at) { return at[0] | at[1] << 8; }

static const uint8_t *read_token(Scratch *s, const uint8_t *at, Token *t, int ours) {
    int flags = at[0], wide = flags >> 7;
    t->role = flags & 3, t->known = flags >> 2 & 1, t->neutral = flags >> 3 & 1, t->gender = flags >> 4 & 3;
    t->script = at[1], t->skeletons = at[2], t->classes = at[3], t->fathers = at[4];
    for (int i = 0; i < 3; i++) t->rarity[i] = at[5 + i];
    t->plain.len = at[8];
    at += 9;
    for (int i = 0; i < t->plain.len; i++, at += 2) t->plain.raw[i] = (uint16_t)two(at);
    lettered(s, &t->plain, ours);
    for (int i = 0; i < t->classes; i++, at += 2) t->class_of[i] = (uint16_t)two(at);
    for (int i = 0; i < t->fathers; i++, at += 2) t->father_of[i] = (uint16_t)two(at);
    for (int k = 0; k < t->skeletons; k++) {
        Text *whole = &t->skeleton[k];
        t->doubt[k] = two(at);
        whole->len = at[2];
        at += 3;
        for (int i = 0; i < whole->len; i++, at += 1 + wide) whole->raw[i] = (uint16_t)(wide ? two(at) : at[0]);
        derived(t, k);
        lettered(s, whole, ours);
        lettered(s, &t->bones[k], ours);
        lettered(s, &t->kinds[k], ours);
        lettered(s, &t->heard[k], ours);
    }
    for (int i = 0; i < MOST_TOKENS; i++) t->strain[i] = -1;
    return at;
}

static void pattern(Pattern *p, const Text *t) {
    memset(p->at, 0, sizeof p->at);
    p->len = t->len;
    for (int i = 0; i < t->len; i++) p->at[t->id[i]] |= UINT64_C(1) << i;
}

static int same(const Text *a, const Text *b) { return a->len == b->len && !memcmp(a->raw, b->raw, 2 * (size_t)a->len); }

static int shared(const uint16_t *a, int n, const uint16_t *b, int m) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            if (a[i] == b[j]) return 1;
    return 0;
}

static int is_armenian(const Text *t) {
    return t->len >= 6 && t->raw[t->len - 2] == 'a' && t->raw[t->len - 1] == 'n';
}

/* ---- comparison.py ---------------------------------------------------------------------------------------------------- */

static int strain(const Scratch *s, int place, Token *their) {
    const Token *our = &s->ours[place];
    const Patterns *p = &s->patterns[place];
    if (same(&our->plain, &their->plain)) return 0;
    int ahead = our->skeleton[0].len - their->skeleton[0].len;
    if (ahead > 4 || ahead < -4) return FAR;
    int vowel = our->script == ARABIC || their->script == ARABIC ? 300 : 3000, cheapest = least(vowel, 1500), best = FAR;
    for (int i = 0; i < our->skeletons; i++) {
        for (int j = 0; j < their->skeletons; j++) {
            int doubt = least(7 * (our->doubt[i] + their->doubt[j]), 5000), cost = 500;
            if (doubt >= best) continue;
            if (!same(&our->skeleton[i], &their->skeleton[j])) {
                int whole = our->skeleton[i].len - their->skeleton[j].len;
                if (cheapest * (whole < 0 ? -whole : whole) + doubt >= best) continue;
                whole = apart(s, &p->skeleton[i], &our->skeleton[i], &their->skeleton[j]);
                if (whole > 5 || cheapest * whole + doubt >= best) continue;
                int bones = least(whole, apart(s, &p->bones[i], &our->bones[i], &their->bones[j]));
                int kinds = least(bones, apart(s, &p->kinds[i], &our->kinds[i], &their->kinds[j]));
                int merged = least(whole, most(bones, apart(s, &p->heard[i], &our->heard[i], &their->heard[j])));
                cost = 1500 * (whole - merged) + vowel * (merged - bones) + 10000 * kinds;
                int armenian = is_armenian(&our->skeleton[i]) && is_armenian(&their->skeleton[j]);
                cost += (armenian ? 2500 : 5000) * (bones - kinds);
            }
            best = least(best, cost + doubt);
        }
    }
    if (our->script == their->script) {
        int longer = our->plain.len - their->plain.len;
        if (9000 * (longer < 0 ? -longer : longer) < best)
            best = least(best, 9000 * apart(s, &p->plain, &our->plain, &their->plain));
    }
    return least(FAR, best * 6 / (3 + least(least(our->skeleton[0].len, their->skeleton[0].len), 10)));
}

typedef struct {
    int ours[2], theirs[2], our_count, their_count, strain, kind, role;
} Answer;

typedef struct {
    Answer answers[MOST_TOKENS];
    int count, left_ours, left_theirs;
} Alignment;

static int begins(const Token *our, const Token *their) {
    if (our->plain.raw[0] == their->plain.raw[0] && our->script == their->script) return 1;
    const Token *small = our->role == INITIAL ? our : their, *large = our->role == INITIAL ? their : our;
    for (int i = 0; i < small->skeletons; i++)
        for (int j = 0; j < large->skeletons; j++) {
            const Text *a = &small->skeleton[i], *b = &large->skeleton[j];
            if (a->len && b->len && (a->raw[0] == b->raw[0] || a->raw[a->len - 1] == b->raw[0])) return 1;
        }
    return 0;
}

static int ends(const Text *t, const char *ending) {
    int n = (int)strlen(ending);
    if (t->len < n) return 0;
    for (int i = 0; i < n; i++)
        if (t->raw[t->len - n + i] != (uint8_t)ending[i]) return 0;
    return n;
}

static int is_father(const Token *our, const Token *their) {
    const Token *patronymic = our->role == PATRONYMIC ? our : their, *name = our->role == PATRONYMIC ? their : our;
    static const char *endings[] = {"oviC", "eviC", "iC"};
    if (name->role != GIVEN) return 0;
    for (int i = 0; i < 3; i++) {
        int n = ends(&patronymic->skeleton[0], endings[i]);
        if (n) {
            int base = patronymic->skeleton[0].len - n;
            return base > 1 && osa_plain(patronymic->skeleton[0].raw, base, name->skeleton[0].raw,
                                         least(base + 1, name->skeleton[0].len)) <= 1;
        }
    }
    return 0;
}

static int option(Scratch *s, int place, Token *their, int *kind) {
    const Token *our = &s->ours[place];
    if (our->role == INITIAL || their->role == INITIAL) {
        *kind = INITIALS;
        return begins(our, their) ? 15000 : -1;
    }
    if (their->strain[place] < 0) their->strain[place] = strain(s, place, their);
    int between = their->strain[place];
    if (between <= 1200) {
        *kind = same(&our->plain, &their->plain) ? EXACT : SOUND;
        return between;
    }
    if (shared(our->father_of, our->fathers, their->father_of, their->fathers) ||
        shared(our->class_of, our->classes, their->class_of, their->classes)) {
        *kind = EQUIVALENT;
        return least(between, 1500);
    }
    if (between > 3000 && our->known && their->known) return -1;
    if (between <= 13000) {
        *kind = NEAR;
        return between;
    }
    if ((our->role == PATRONYMIC) != (their->role == PATRONYMIC) && is_father(our, their)) {
        *kind = FATHER;
        return 3000;
    }
    return -1;
}

static int role_of(const Token *our, const Token *their) {
    if (our->role == PATRONYMIC || their->role == PATRONYMIC) return PATRONYMIC;
    int given = (our->role == GIVEN) + (their->role == GIVEN);
    if (given == 2 || (given && (our->role == INITIAL || their->role == INITIAL))) return GIVEN;
    return given && (our->classes || their->classes) ? GIVEN : SURNAME;
}

static int joined_strain(const Token *whole, const Token *first, const Token *second) {
    int length = first->skeleton[0].len + second->skeleton[0].len, more = whole->skeleton[0].len - length;
    if (more > 2 || more < -2 || first->role == INITIAL || second->role == INITIAL) return FAR;
    if (whole->plain.len == first->plain.len + second->plain.len &&
        !memcmp(whole->plain.raw, first->plain.raw, 2 * (size_t)first->plain.len) &&
        !memcmp(whole->plain.raw + first->plain.len, second->plain.raw, 2 * (size_t)second->plain.len))
        return 0;
    uint16_t single[2 * LONGEST], settled[2 * LONGEST];
    int n = 0, m = 0;
    for (int i = 0; i < length; i++) {
        uint16_t c = i < first->skeleton[0].len ? first->skeleton[0].raw[i] : second->skeleton[0].raw[i - first->skeleton[0].len];
        if (!n || single[n - 1] != c) single[n++] = c;
    }
    for (int i = 0; i < n; i++)
        if (!(single[i] == 'i' && i + 1 < n && single[i + 1] != 'i' && is_vowel(single[i + 1]))) settled[m++] = single[i];
    int edits = FAR;
    for (int i = 0; i < whole->skeletons && edits; i++)
        edits = least(edits, osa_plain(whole->skeleton[i].raw, whole->skeleton[i].len, settled, m));
    return 500 + 6000 * edits * 6 / (3 + least(10, length));
}

static void join(Token **ours, int our_count, Token **theirs, int their_count, int *left, int *others, Alignment *found,
                 int swapped) {
    if (their_count < 2) return;
    for (int here = 0; here < our_count; here++) {
        if (!(*left >> here & 1) || ours[here]->plain.len < 6 || ours[here]->role == INITIAL) continue;
        int places[6], n = 0, best = FAR, first = 0, second = 0;
        for (int i = 0; i < their_count && n < 6; i++)
            if (*others >> i & 1) places[n++] = i;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                int cost = i == j ? FAR : joined_strain(ours[here], theirs[places[i]], theirs[places[j]]);
                if (cost < best) best = cost, first = places[i], second = places[j];
            }
        if (best >= 5000) continue;
        *left &= ~(1 << here);
        *others &= ~(1 << first | 1 << second);
        Answer *a = &found->answers[found->count++];
        int *one = swapped ? a->theirs : a->ours, *pair = swapped ? a->ours : a->theirs;
        one[0] = here, pair[0] = first, pair[1] = second;
        a->our_count = 1 + swapped, a->their_count = 2 - swapped;
        a->strain = best, a->kind = JOINED, a->role = SURNAME;
    }
}

static void align(Scratch *s, Token **ours, int n, Token **theirs, int m, Alignment *found) {
    struct { int key, here, there, strain, kind; } options[MOST_TOKENS * MOST_TOKENS], spare;
    int count = 0;
    found->count = 0;
    found->left_ours = (1 << n) - 1, found->left_theirs = (1 << m) - 1;
    join(ours, n, theirs, m, &found->left_ours, &found->left_theirs, found, 0);
    join(theirs, m, ours, n, &found->left_theirs, &found->left_ours, found, 1);
    for (int here = 0; here < n; here++)
        for (int there = 0; there < m; there++) {
            int kind = 0, cost;
            if (!(found->left_ours >> here & 1) || !(found->left_theirs >> there & 1)) continue;
            cost = option(s, here, theirs[there], &kind);
            if (cost < 0) continue;
            spare.key = cost + (ours[here]->role == theirs[there]->role ? 0 : 200);
            spare.here = here, spare.there = there, spare.strain = cost, spare.kind = kind;
            int at = count++;
            for (; at > 0 && options[at - 1].key > spare.key; at--) options[at] = options[at - 1];
            options[at] = spare;
        }
    for (int i = 0; i < count; i++) {
        int here = options[i].here, there = options[i].there;
        if (!(found->left_ours >> here & 1) || !(found->left_theirs >> there & 1)) continue;
        found->left_ours &= ~(1 << here);
        found->left_theirs &= ~(1 << there);
        Answer *a = &found->answers[found->count++];
        a->ours[0] = here, a->theirs[0] = there, a->our_count = a->their_count = 1;
        a->strain = options[i].strain, a->kind = options[i].kind, a->role = role_of(ours[here], theirs[there]);
    }
    for (int i = 0; i < found->count; i++)
        if (found->answers[i].role == GIVEN || found->answers[i].kind == INITIALS) return;
    int kept = 0;
    for (int i = 0; i < found->count; i++) {
        Answer a = found->answers[i];
        if (a.kind == FATHER) {
            found->left_ours |= 1 << a.ours[0];
            found->left_theirs |= 1 << a.theirs[0];
        } else
            found->answers[kept++] = a;
    }
    found->count = kept;
}

/* ---- evidence.py ------------------------------------------------------------------------------------------------------ */

static int rarity(const Token *t, int role) {
    if (t->role == INITIAL) return 30000;
    int bits = t->rarity[role == INITIAL ? SURNAME : role] * 1000;
    return t->classes ? least(bits, 90000) : bits;
}

static int bits_of(Token **ours, Token **theirs, const Answer *a) {
    int bits = 0;
    if (a->our_count > 1 || a->their_count > 1) {
        Token **side = a->our_count > 1 ? ours : theirs;
        const int *places = a->our_count > 1 ? a->ours : a->theirs;
        for (int i = 0; i < 2; i++) bits += rarity(side[places[i]], side[places[i]]->role);
    } else
        bits = least(rarity(ours[a->ours[0]], a->role), rarity(theirs[a->theirs[0]], a->role));
    return most(0, least(bits, 320000) - 4 * a->strain);
}

static void left_over(Token **ours, int n, Token **theirs, int m, const Alignment *al, int64_t *x) {
    static const int roles[] = {PATRONYMIC, GIVEN, SURNAME};
    static const int inputs[] = {X_PATRONYMIC_CONFLICT, X_GIVEN_CONFLICT, X_SURNAME_CONFLICT};
    int mine[4] = {0}, yours[4] = {0}, my_rest = 0, your_rest = 0, solid = 0;
    for (int i = 0; i < n; i++) mine[ours[i]->role] += al->left_ours >> i & 1;
    for (int i = 0; i < m; i++) yours[theirs[i]->role] += al->left_theirs >> i & 1;
    for (int i = 0; i < 3; i++) {
        int both = least(mine[roles[i]], yours[roles[i]]);
        x[inputs[i]] += (int64_t)both * SCALE;
        mine[roles[i]] -= both;
        yours[roles[i]] -= both;
    }
    for (int i = 0; i < 4; i++) my_rest += mine[i], your_rest += yours[i];
    int across = least(my_rest, your_rest);
    x[X_GIVEN_CONFLICT] += (int64_t)across * SCALE;
    x[X_OURS_LEFT] += (int64_t)(my_rest - across) * SCALE;
    x[X_THEIRS_LEFT] += (int64_t)most(0, your_rest - across - yours[PATRONYMIC]) * SCALE;
    for (int i = 0; i < al->count; i++) solid += (al->answers[i].kind != INITIALS) + (al->answers[i].kind == JOINED);
    x[X_LONE] = solid <= 1 ? SCALE : 0;
}

static int64_t names(Token **ours, int n, Token **theirs, int m, const Alignment *al, int64_t *x) {
    int64_t total = 0;
    int given = 0, surnames = 0, instead = -1, rarest = -1;
    for (int i = 0; i < al->count; i++) {
        const Answer *a = &al->answers[i];
        if (a->kind == INITIALS) continue;
        surnames += a->role == SURNAME;
        if (a->role != GIVEN) continue;
        int bits = bits_of(ours, theirs, a);
        given++;
        if (bits > rarest) rarest = bits, instead = i;
    }
    if (given < 2 || surnames) instead = -1;
    for (int i = 0; i < al->count; i++) {
        const Answer *a = &al->answers[i];
        if (a->kind == INITIALS) {
            x[X_INITIALS] += SCALE;
            total += 3 * SCALE;
            continue;
        }
        if (a->kind == JOINED) x[X_JOINED] += SCALE;
        int bits = bits_of(ours, theirs, a);
        int at = i == instead ? X_SURNAME_RARITY : a->role == GIVEN ? X_GIVEN_RARITY : a->role == PATRONYMIC ? X_PATRONYMIC_RARITY : X_SURNAME_RARITY;
        x[at] += bits;
        x[at + 1] += a->strain;
        if (a->kind == EQUIVALENT) x[X_GIVEN_EQUIVALENT] += SCALE;
        total += bits;
    }
    int64_t limit = x[X_JOINED] ? 220000 : 170000;
    if (x[X_SURNAME_RARITY] > limit) x[X_SURNAME_RARITY] = limit;
    left_over(ours, n, theirs, m, al, x);
    return total;
}

static int agreement(int one, int other) {
    int y = one / 10000, mo = one / 100 % 100, d = one % 100, y2 = other / 10000, mo2 = other / 100 % 100, d2 = other % 100;
    if (d && d2) {
        int digits = 0;
        if (one == other) return B_EXACT;
        if (y == y2 && mo == d2 && d == mo2) return B_SWAPPED;
        for (int a = one, b = other; a; a /= 10, b /= 10) digits += a % 10 != b % 10;
        if (digits == 1) return B_SLIP;
        int days = mo * 31 + d - mo2 * 31 - d2;
        if (y == y2) return days <= 2 && days >= -2 ? B_SLIP : mo == mo2 ? B_OTHER_DAY : B_NEAR;
        return B_CONFLICT;
    }
    if (y != y2) return y - y2 == 1 || y2 - y == 1 ? B_NEAR : B_CONFLICT;
    if (mo && mo2) return mo == mo2 ? B_MONTH : B_CONFLICT;
    return B_YEAR;
}

static int born_of(const Lists *l, int64_t entry, int born) {
    int best = B_UNKNOWN;
    if (!born) return best;
    if (l->born[entry]) best = agreement(born, l->born[entry]);
    int64_t low = 0, high = l->more_count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (l->more_born[2 * middle] < entry) low = middle + 1;
        else high = middle;
    }
    for (; low < l->more_count && l->more_born[2 * low] == entry; low++)
        best = least(best, agreement(born, l->more_born[2 * low + 1]));
    return best;
}

static int gender_of(Token **parts, int n) {
    int certain = 0, any = 0;
    for (int i = 0; i < n; i++) {
        if (parts[i]->role != GIVEN) certain |= parts[i]->gender;
        any |= parts[i]->gender;
    }
    certain = certain ? certain : any;
    return certain == 3 ? 0 : certain;
}

/* Titles are out unless nothing else stands there; a word that ends like a patronymic may be a surname. */
static int counted(Token **all, int n, Token **parts, Token *changed) {
    int count = 0, named = 0, given = 0, patronymics = 0, behind = -1;
    for (int i = 0; i < n; i++) {
        if (all[i]->neutral) continue;
        parts[count++] = all[i];
        named += all[i]->plain.len > 1;
    }
    if (!named) {
        count = n;
        memcpy(parts, all, sizeof *parts * (size_t)n);
    }
    for (int i = 0; i < count; i++) {
        given += parts[i]->role == GIVEN;
        patronymics += parts[i]->role == PATRONYMIC;
        if (i && behind < 0 && parts[i]->role == PATRONYMIC && parts[i - 1]->role == GIVEN) behind = i;
    }
    if (!patronymics || !given) return count;
    if (count == 2) behind = -1;
    else if (patronymics == 1 || behind < 0) return count;
    for (int i = 0; i < count; i++)
        if (parts[i]->role == PATRONYMIC && i != behind) {
            *changed = *parts[i];
            changed->role = SURNAME;
            parts[i] = changed++;
        }
    return count;
}

static Token *token_of(const Lists *l, Scratch *s, int part) {
    uint32_t at = (uint32_t)part * 2654435761u % TABLE;
    for (; s->table[at] >= 0; at = (at + 1) % TABLE)
        if (s->owner[s->table[at]] == part) return &s->slots[s->table[at]];
    int slot = s->used++;
    s->table[at] = slot;
    s->owner[slot] = part;
    read_token(s, l->parts + l->part_starts[part], &s->slots[slot], 0);
    return &s->slots[slot];
}

static void emptied(Scratch *s) {
    memset(s->table, 0xff, sizeof s->table);
    s->used = 0;
}

static int row_tokens(const Lists *l, Scratch *s, int64_t row, Token **all) {
    int n = 0;
    if (s->used + MOST_TOKENS > SLOTS) emptied(s);
    for (uint32_t p = l->row_starts[row]; p < l->row_starts[row + 1]; p++)
        for (int column = 0; column < 3 && n < MOST_TOKENS; column++) {
            int part = l->piece_parts[3 * (int64_t)l->row_pieces[p] + column];
            if (part >= 0) all[n++] = token_of(l, s, part);
        }
    return n;
}

static int64_t odds_of(const Lists *l, Scratch *s, Token **ours, int parts, int our_gender, int64_t entry, int64_t row, int when,
                       int where, const int64_t *weights, double chance, double people) {
    Token *all[MOST_TOKENS], *theirs[MOST_TOKENS], changed[MOST_TOKENS];
    int64_t x[INPUTS] = {0}, sum = weights[INPUTS];
    Alignment found;
    int n = row_tokens(l, s, row, all);
    n = counted(all, n, theirs, changed);
    align(s, ours, parts, theirs, n, &found);
    int64_t bits = names(ours, parts, theirs, n, &found, x);
    x[X_BORN + when] = SCALE;
    if (where) x[where == 1 ? X_COUNTRY_SAME : X_COUNTRY_OTHER] = SCALE;
    int their_gender = l->genders[entry] < 2 ? l->genders[entry] + 1 : gender_of(theirs, n);
    if (our_gender && their_gender && our_gender != their_gender) x[X_GENDER_OTHER] = SCALE;
    double namesakes = people * pow(2.0, -((double)bits / 10000.0)) * chance;
    x[X_NAMESAKES] = (int64_t)(log2(1.0 + namesakes) * 10000.0 + 0.5);
    for (int i = 0; i < INPUTS; i++) sum += x[i] * weights[i];
    return sum;
}

/* Compare the name of a query (`record`: its counted parts) with every name of some entries: of each the odds of the name that
   fits best, in 1/10,000,000, and its row; -1 where an entry has no name. */
void sc_compare(const Lists *l, Scratch *s, const uint8_t *record, int64_t parts, int64_t born, int64_t gender,
                const uint8_t *countries, const int64_t *weights, const double *chances, double people, const int32_t *entries,
                int64_t count, int64_t *odds, int64_t *rows) {
    Token *ours[MOST_TOKENS];
    s->overflow = s->letter_count = 0;
    emptied(s);
    for (int i = 0; i < parts; i++) record = read_token(s, record, &s->ours[i], 1), ours[i] = &s->ours[i];
    for (int i = 0; i < parts && !s->overflow; i++) {
        Patterns *p = &s->patterns[i];
        pattern(&p->plain, &ours[i]->plain);
        for (int k = 0; k < ours[i]->skeletons; k++) {
            pattern(&p->skeleton[k], &ours[i]->skeleton[k]);
            pattern(&p->bones[k], &ours[i]->bones[k]);
            pattern(&p->kinds[k], &ours[i]->kinds[k]);
            pattern(&p->heard[k], &ours[i]->heard[k]);
        }
    }
    int our_gender = gender ? (int)gender : gender_of(ours, (int)parts);
    for (int64_t at = 0; at < count; at++) {
        int64_t entry = entries[at];
        int when = born_of(l, entry, (int)born), where = countries ? countries[l->entry_countries[entry]] : 0;
        odds[at] = 0, rows[at] = -1;
        for (int64_t row = l->entry_starts[entry]; row < (int64_t)l->entry_starts[entry + 1]; row++) {
            int64_t found = odds_of(l, s, ours, (int)parts, our_gender, entry, row, when, where, weights, chances[when], people);
            if (rows[at] < 0 || found > odds[at]) odds[at] = found, rows[at] = row;
        }
    }
    memset(s->letters, 0, sizeof s->letters);
}

/* ---- retrieval.py ----------------------------------------------------------------------------------------------------- */

static int64_t first_at(const uint32_t *hashes, int64_t n, uint32_t wanted) {
    int64_t low = 0, high = n;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (hashes[middle] < wanted) low = middle + 1;
        else high = middle;
    }
    return low;
}

typedef struct {
    uint64_t at[128];
    int len;
} Bytes;

static int skeleton_bytes(const char *from, uint8_t *whole, uint8_t *bones, int *bone_count) {
    int n = 0, m = 0;
    for (; n < SKELETON && from[n]; n++) {
        whole[n] = (uint8_t)from[n] & 127;
        if (!is_vowel(whole[n])) bones[m++] = whole[n];
    }
    *bone_count = m;
    return n;
}

static void bytes_pattern(Bytes *p, const uint8_t *text, int n) {
    memset(p->at, 0, sizeof p->at);
    p->len = n;
    for (int i = 0; i < n; i++) p->at[text[i]] |= UINT64_C(1) << i;
}

/* Sounds that share a digest with a token and are near it. `ours`: up to three skeletons of SKELETON bytes.
   Gives how many were written to `sounds` and `apart_of`, in the order of the sounds. */
int64_t sc_near(const Lists *l, uint8_t *seen, const uint32_t *wanted, int64_t wanted_count, const char *ours, int64_t our_count,
                int64_t length, int64_t farthest, int32_t *sounds, int32_t *apart_of) {
    int64_t found = 0, near = 0;
    Bytes whole[3], bones[3];
    uint8_t text[SKELETON], hard[SKELETON];
    int hard_count;
    for (int64_t i = 0; i < wanted_count; i++)
        for (int64_t at = first_at(l->hashes, l->hash_count, wanted[i]); at < l->hash_count && l->hashes[at] == wanted[i]; at++) {
            int32_t owner = l->owners[at];
            if (seen[owner]) continue;
            seen[owner] = 1;
            sounds[found++] = owner;
        }
    for (int64_t i = 0; i < our_count; i++) {
        int n = skeleton_bytes(ours + SKELETON * i, text, hard, &hard_count);
        bytes_pattern(&whole[i], text, n);
        bytes_pattern(&bones[i], hard, hard_count);
    }
    for (int64_t at = 0; at < found; at++) {
        int32_t sound = sounds[at];
        int best = FAR;
        seen[sound] = 0;
        for (int which = 0; which < 2; which++) {
            const char *theirs = (which ? l->others : l->skeletons) + (int64_t)SKELETON * sound;
            if (which && !theirs[0]) continue;
            int n = skeleton_bytes(theirs, text, hard, &hard_count), all = FAR, bone = FAR;
            for (int64_t i = 0; i < our_count; i++)
                if ((whole[i].len > n ? whole[i].len - n : n - whole[i].len) < all)
                    all = least(all, osa_bits(whole[i].at, whole[i].len, text, n));
            if (3000 * all * 6 / length > farthest) continue;
            for (int64_t i = 0; i < our_count && bone; i++) bone = least(bone, osa_bits(bones[i].at, bones[i].len, hard, hard_count));
            best = least(best, 3000 * all + 5000 * least(bone, all) + 500 * which);
        }
        best = (int)(best * 6 / length);
        if (best <= farthest) {
            sounds[near] = sound;
            apart_of[near++] = best;
        }
    }
    return near;
}

typedef struct {
    int64_t score;
    int32_t entry;
} Best;

static int is_worse(Best a, Best b) { return a.score < b.score || (a.score == b.score && a.entry > b.entry); }

static void sink(Best *heap, int64_t n, int64_t at) {
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= n) return;
        if (child + 1 < n && is_worse(heap[child + 1], heap[child])) child++;
        if (!is_worse(heap[child], heap[at])) return;
        Best spare = heap[at];
        heap[at] = heap[child], heap[child] = spare;
        at = child;
    }
}

static int64_t born_bits(int day, int born) {
    if (!day) return 0;
    int y = day / 10000, mo = day / 100 % 100, d = day % 100, y2 = born / 10000, mo2 = born / 100 % 100, d2 = born % 100;
    int64_t bits = y == y2 ? SAME_YEAR : y - y2 <= 1 && y2 - y <= 1 ? 1000 : -5000;
    if (d2) {
        int same_day = mo == mo2 && d == d2, swapped = mo == d2 && d == mo2;
        if (y == y2 && (same_day || swapped)) bits = SAME_DAY;
        else if (y != y2 && same_day) bits = 4000;
        else if (y == y2 && d && mo != mo2 && d != d2) bits = -2000;
    }
    return bits;
}

static int64_t first_born(const Lists *l, int number) {
    int64_t low = 0, high = l->entries;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (l->born[l->born_order[middle]] < number) low = middle + 1;
        else high = middle;
    }
    return low;
}

#define BLOCK 32
#define LEVEL 1500
#define MOST_SCORE 65535

typedef struct {
    const Lists *l;
    uint16_t *sums, *highest;
    const uint8_t *letters;
    Best *heap;
    int64_t letter_sets, born, kept, behind, held, best;
    int seen_born;
} Ranking;

/* What scores less can be among the best no more. */
static int64_t floor_of(const Ranking *r) {
    int64_t found = r->best == INT64_MIN ? INT64_MIN : r->best - r->behind;
    return r->held == r->kept && r->heap[0].score > found ? r->heap[0].score : found;
}

/* Add to each entry the best of the sounds of one token; `sounds` are the best first. */
static void add_up(const Lists *l, uint8_t *seen, uint16_t *sums, uint16_t *highest, const int32_t *sounds, const int32_t *bits,
                   int64_t count) {
    for (int64_t at = 0; at < count; at++) {
        uint32_t to = l->posting_starts[sounds[at] + 1];
        for (uint32_t p = l->posting_starts[sounds[at]]; p < to; p++) {
            int32_t entry = l->postings[p];
            if (p + 24 < to) __builtin_prefetch(&sums[l->postings[p + 24]], 1);
            uint8_t bit = (uint8_t)(1 << (entry & 7));
            if (seen[entry >> 3] & bit) continue;
            seen[entry >> 3] |= bit;
            int sum = sums[entry] + bits[at];
            if (sum > MOST_SCORE) sum = MOST_SCORE;
            sums[entry] = (uint16_t)sum;
            if (sum > highest[entry / BLOCK]) highest[entry / BLOCK] = (uint16_t)sum;
        }
    }
    memset(seen, 0, (size_t)(l->entries + 8) / 8);
}

static void consider(Ranking *r, int32_t entry) {
    const Lists *l = r->l;
    int64_t score = r->sums[entry];
    if (r->born) {
        int64_t bits = born_bits(l->born[entry], (int)r->born);
        if (r->seen_born && bits == SAME_DAY) return;
        score += bits;
    }
    if (score + 3000 * r->letter_sets < floor_of(r)) return;
    if (r->letter_sets) {
        uint32_t begun = 0, to = l->row_starts[l->entry_starts[entry + 1]];
        for (uint32_t p = l->row_starts[l->entry_starts[entry]]; p < to; p++) {
            int64_t sound = l->piece_sounds[3 * (int64_t)l->row_pieces[p]];
            if (sound >= 0) begun |= r->letters[(uint8_t)l->skeletons[SKELETON * sound]];
        }
        for (int64_t n = 0; n < r->letter_sets; n++) score += 3000 * (begun >> n & 1);
    }
    Best each = {score, entry};
    if (score > r->best) r->best = score;
    if (r->held < r->kept) {
        r->heap[r->held++] = each;
        if (r->held == r->kept)
            for (int64_t at = r->held / 2; at >= 0; at--) sink(r->heap, r->held, at);
    } else if (is_worse(r->heap[0], each)) {
        r->heap[0] = each;
        sink(r->heap, r->held, 0);
    }
}

/* Entries of people born that day, or with day and month swapped. Gives whether those were all of them. */
static int consider_born(Ranking *r, int64_t of_a_day) {
    const Lists *l = r->l;
    int year = (int)r->born / 10000, month = (int)r->born / 100 % 100, day = (int)r->born % 100, all = 1;
    int numbers[2] = {(int)r->born, day <= 12 && day != month ? year * 10000 + day * 100 + month : 0};
    for (int i = 0; i < 2 && numbers[i]; i++)
        if (first_born(l, numbers[i] + 1) - first_born(l, numbers[i]) > of_a_day) all = 0;
    for (int i = 0; i < 2 && numbers[i]; i++) {
        int64_t at = first_born(l, numbers[i]), end = first_born(l, numbers[i] + 1);
        if (end > at + of_a_day) end = at + of_a_day;
        for (; at < end; at++) {
            /* Where they are too many, those in which some token stands are looked at with the others. */
            int32_t entry = l->born_order[at];
            if (all || !r->sums[entry]) consider(r, entry);
        }
    }
    return all;
}

static int64_t block_end(const Lists *l, int64_t block) {
    return (block + 1) * BLOCK < l->entries ? (block + 1) * BLOCK : l->entries;
}

static void considered(Ranking *r, int64_t of_a_day) {
    const Lists *l = r->l;
    int64_t blocks = (l->entries + BLOCK - 1) / BLOCK, top = 0, more = 3000 * r->letter_sets, step = LEVEL;
    r->held = r->seen_born = 0, r->best = INT64_MIN;
    for (int64_t b = 0; b < blocks; b++) top = r->highest[b] > top ? r->highest[b] : top;
    /* Who was born that day comes first: of the others no date can add as much. */
    if (r->born % 100) r->seen_born = consider_born(r, of_a_day);
    more += !r->born ? 0 : r->seen_born || !(r->born % 100) ? SAME_YEAR : SAME_DAY;
    for (int64_t high = top + 1; high > 1 && high - 1 + more >= floor_of(r); step *= 2) {
        int64_t low = high > step ? high - step : 1;
        for (int64_t b = 0; b < blocks; b++) {
            if (r->highest[b] < low) continue;
            for (int64_t entry = b * BLOCK; entry < block_end(l, b); entry++)
                if (r->sums[entry] >= low && r->sums[entry] < high) consider(r, (int32_t)entry);
            int64_t least_left = floor_of(r) - more;
            if (least_left > low) low = least_left;
        }
        high = low;
    }
}

/* Entries that may answer, best first. `sounds` and `bits`: the sounds of each token, the best first. Entries are looked at
   from the highest sums down, until none that is left can be among the best. `seen` has a bit for each entry, `sums` a number for
   each and `highest` one for each BLOCK of them; all are given back empty. Gives how many entries were written to `out`. */
int64_t sc_rank(const Lists *l, uint8_t *seen, uint16_t *sums, uint16_t *highest, int64_t near_count, const int64_t *starts,
                const int32_t *sounds, const int32_t *bits, const uint8_t *letters, int64_t letter_sets, int64_t born,
                int64_t of_a_day, int64_t behind, int64_t kept, Best *heap, int32_t *out) {
    Ranking r = {l, sums, highest, letters, heap, letter_sets, born, kept, behind, 0, INT64_MIN, 0};
    int64_t blocks = (l->entries + BLOCK - 1) / BLOCK;
    for (int64_t n = 0; n < near_count; n++)
        add_up(l, seen, sums, highest, sounds + starts[n], bits + starts[n], starts[n + 1] - starts[n]);
    considered(&r, of_a_day);
    for (int64_t b = 0; b < blocks; b++) {
        if (!highest[b]) continue;
        highest[b] = 0;
        memset(sums + b * BLOCK, 0, sizeof *sums * (size_t)(block_end(l, b) - b * BLOCK));
    }
    for (int64_t at = r.held / 2; at >= 0; at--) sink(heap, r.held, at);
    for (int64_t at = r.held - 1; at > 0; at--) {
        Best worst = heap[0];
        heap[0] = heap[at];
        sink(heap, at, 0);
        heap[at] = worst;
    }
    int64_t given = 0;
    for (; given < r.held && heap[given].score >= heap[0].score - behind; given++) out[given] = heap[given].entry;
    return given;
}
