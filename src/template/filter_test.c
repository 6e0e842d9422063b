/* SPDX-License-Identifier: Apache-2.0 */
/* Tests: what can stand behind "is". */
#include "filter.h"

#include "iterate.h"
#include "words.h"

static template_error_t *answer(value_t *result, bool yes)
{
    *result = value_bool(yes);
    return NULL;
}

/* value % number == rest */
static template_error_t *has_rest(const filter_call_t *call, value_t number, int64_t rest,
                                  value_t *result)
{
    bool equal;

    TRY(operate_binary(call->render, OPERATOR_MOD, call->operand, number, result));
    TRY(operate_equal(call->render, *result, value_int(rest), &equal));
    return answer(result, equal);
}

static template_error_t *odd(const filter_call_t *call, value_t *result)
{
    return has_rest(call, value_int(2), 1, result);
}

static template_error_t *even(const filter_call_t *call, value_t *result)
{
    return has_rest(call, value_int(2), 0, result);
}

static template_error_t *divisibleby(const filter_call_t *call, value_t *result)
{
    return has_rest(call, call->arguments[0], 0, result);
}

static template_error_t *defined(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind != VALUE_UNDEFINED);
}

static template_error_t *undefined(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_UNDEFINED);
}

static template_error_t *names_filter(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_STRING &&
                              filter_find(call->operand.as.text, call->operand.length));
}

static template_error_t *names_test(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_STRING &&
                              filter_find_test(call->operand.as.text, call->operand.length));
}

static template_error_t *none(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_NONE);
}

static template_error_t *boolean(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_BOOL);
}

static template_error_t *is_true(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_BOOL && call->operand.as.boolean);
}

static template_error_t *is_false(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_BOOL && !call->operand.as.boolean);
}

static template_error_t *integer(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_INT);
}

static template_error_t *is_float(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_FLOAT);
}

static template_error_t *number(const filter_call_t *call, value_t *result)
{
    return answer(result, value_is_number(call->operand));
}

static template_error_t *string(const filter_call_t *call, value_t *result)
{
    return answer(result, call->operand.kind == VALUE_STRING);
}

static template_error_t *mapping(const filter_call_t *call, value_t *result)
{
    return answer(result, value_is_mapping(call->operand));
}

/* What has a length and items: in Python that includes dicts and undefined values. */
static template_error_t *sequence(const filter_call_t *call, value_t *result)
{
    apr_size_t length;

    return answer(result, value_length(call->operand, &length) && call->operand.kind != VALUE_VIEW);
}

static template_error_t *iterable(const filter_call_t *call, value_t *result)
{
    return answer(result, iterate_possible(call->operand) || call->operand.kind == VALUE_LOOP);
}

static template_error_t *callable(const filter_call_t *call, value_t *result)
{
    switch (call->operand.kind) {
    case VALUE_UNDEFINED:
    case VALUE_METHOD:
    case VALUE_FUNCTION:
    case VALUE_MACRO:
    case VALUE_LOOP:
    case VALUE_JOINER:
    case VALUE_BLOCK:
        return answer(result, true);
    default:
        return answer(result, false);
    }
}

static template_error_t *has_case(const filter_call_t *call, bool is_lower, value_t *result)
{
    value_t text;

    TRY(render_string(call->render, call->operand, &text));
    return answer(result, words_is_case(text, is_lower));
}

static template_error_t *lower(const filter_call_t *call, value_t *result)
{
    return has_case(call, true, result);
}

static template_error_t *upper(const filter_call_t *call, value_t *result)
{
    return has_case(call, false, result);
}

static template_error_t *escaped(const filter_call_t *call, value_t *result)
{
    return answer(result, (call->operand.kind == VALUE_STRING && call->operand.safe) ||
                              call->operand.kind == VALUE_MODULE);
}

static template_error_t *sameas(const filter_call_t *call, value_t *result)
{
    bool known;
    bool same = value_same(call->operand, call->arguments[0], &known);

    if (!known) {
        return render_fail(call->render,
                           "whether two equal values of type %s are one object is not defined",
                           value_type(call->operand));
    }
    return answer(result, same);
}

static template_error_t *compare(const filter_call_t *call, operator_t op, value_t *result)
{
    bool holds;

    TRY(operate_compare(call->render, op, call->operand, call->arguments[0], &holds));
    return answer(result, holds);
}

#define COMPARISON(name, op)                                                                       \
    static template_error_t *name(const filter_call_t *call, value_t *result)                      \
    {                                                                                              \
        return compare(call, op, result);                                                          \
    }

COMPARISON(in, OPERATOR_IN)
COMPARISON(eq, OPERATOR_EQ)
COMPARISON(ne, OPERATOR_NE)
COMPARISON(gt, OPERATOR_GT)
COMPARISON(ge, OPERATOR_GE)
COMPARISON(lt, OPERATOR_LT)
COMPARISON(le, OPERATOR_LE)

#define COMPARES(op) (FILTER_COMPARES | (unsigned)(op) << FILTER_OPERATOR)

const filter_t filter_tests[] = {
    {"odd", odd, "", 0},
    {"even", even, "", 0},
    {"divisibleby", divisibleby, "num", 0},
    {"defined", defined, "", 0},
    {"undefined", undefined, "", 0},
    {"filter", names_filter, "", 0},
    {"test", names_test, "", 0},
    {"none", none, "", 0},
    {"boolean", boolean, "", 0},
    {"false", is_false, "", 0},
    {"true", is_true, "", 0},
    {"integer", integer, "", 0},
    {"float", is_float, "", 0},
    {"lower", lower, "", 0},
    {"upper", upper, "", 0},
    {"string", string, "", 0},
    {"mapping", mapping, "", 0},
    {"number", number, "", 0},
    {"sequence", sequence, "", 0},
    {"iterable", iterable, "", 0},
    {"callable", callable, "", 0},
    {"sameas", sameas, "other", 0},
    {"escaped", escaped, "", 0},
    {"in", in, "seq", COMPARES(OPERATOR_IN)},
    {"eq", eq, "other", COMPARES(OPERATOR_EQ)},
    {"equalto", eq, "other", COMPARES(OPERATOR_EQ)},
    {"==", eq, "other", COMPARES(OPERATOR_EQ)},
    {"!=", ne, "other", COMPARES(OPERATOR_NE)},
    {"ne", ne, "other", COMPARES(OPERATOR_NE)},
    {">", gt, "other", COMPARES(OPERATOR_GT)},
    {"gt", gt, "other", COMPARES(OPERATOR_GT)},
    {"greaterthan", gt, "other", COMPARES(OPERATOR_GT)},
    {"ge", ge, "other", COMPARES(OPERATOR_GE)},
    {">=", ge, "other", COMPARES(OPERATOR_GE)},
    {"<", lt, "other", COMPARES(OPERATOR_LT)},
    {"lt", lt, "other", COMPARES(OPERATOR_LT)},
    {"lessthan", lt, "other", COMPARES(OPERATOR_LT)},
    {"<=", le, "other", COMPARES(OPERATOR_LE)},
    {"le", le, "other", COMPARES(OPERATOR_LE)},
    {NULL, NULL, NULL, 0},
};
