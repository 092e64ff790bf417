// Packs of NEON, in pairs of vectors of 16 bytes: sixteen lanes of floats are four vectors of four.
#pragma once

#include <arm_neon.h>

#include "math/pack.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

template <>
struct Pack<float, 8> {
    float32x4_t low;
    float32x4_t high;
    static Pack zero() { return all(0); }
    static Pack all(float value) { return {vdupq_n_f32(value), vdupq_n_f32(value)}; }
    static Pack load(const float* from) { return {vld1q_f32(from), vld1q_f32(from + 4)}; }
    void store(float* to) const {
        vst1q_f32(to, low);
        vst1q_f32(to + 4, high);
    }
    friend Pack operator+(const Pack& a, const Pack& b) { return {vaddq_f32(a.low, b.low), vaddq_f32(a.high, b.high)}; }
    friend Pack operator-(const Pack& a, const Pack& b) { return {vsubq_f32(a.low, b.low), vsubq_f32(a.high, b.high)}; }
    friend Pack operator*(const Pack& a, const Pack& b) { return {vmulq_f32(a.low, b.low), vmulq_f32(a.high, b.high)}; }
    void add_product(const Pack& a, const Pack& b) {
        low = vfmaq_f32(low, a.low, b.low);
        high = vfmaq_f32(high, a.high, b.high);
    }
    static Pack where_equal(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        return {vbslq_f32(vceqq_f32(a.low, b.low), x.low, y.low), vbslq_f32(vceqq_f32(a.high, b.high), x.high, y.high)};
    }
    /// A comparison with NaN is false, so that a NaN among a is not at most b.
    static Pack where_beats(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        const auto beats = [](float32x4_t left, float32x4_t right) {
            return vbicq_u32(vceqq_f32(right, right), vcleq_f32(left, right));
        };
        return {vbslq_f32(beats(a.low, b.low), x.low, y.low), vbslq_f32(beats(a.high, b.high), x.high, y.high)};
    }
    /// a0+a4 … a3+a7, b0+b4 … b3+b7
    static Pack fold_fours(const Pack& a, const Pack& b) {
        return {vaddq_f32(a.low, a.high), vaddq_f32(b.low, b.high)};
    }
    /// a0+a2 a1+a3 b0+b2 b1+b3, and the same of lanes from 4 on
    static Pack fold_twos(const Pack& a, const Pack& b) {
        const auto fold = [](float32x4_t one, float32x4_t other) {
            return vaddq_f32(vcombine_f32(vget_low_f32(one), vget_low_f32(other)),
                             vcombine_f32(vget_high_f32(one), vget_high_f32(other)));
        };
        return {fold(a.low, b.low), fold(a.high, b.high)};
    }
    /// a0+a1 a2+a3 b0+b1 b2+b3, and the same of lanes from 4 on
    static Pack fold_ones(const Pack& a, const Pack& b) {
        return {vpaddq_f32(a.low, b.low), vpaddq_f32(a.high, b.high)};
    }
};

/// Loads floats, too, whose values it holds.
template <>
struct Pack<double, 4> {
    float64x2_t low;
    float64x2_t high;
    static Pack zero() { return all(0); }
    static Pack all(double value) { return {vdupq_n_f64(value), vdupq_n_f64(value)}; }
    static Pack load(const double* from) { return {vld1q_f64(from), vld1q_f64(from + 2)}; }
    static Pack load(const float* from) {
        const float32x4_t four = vld1q_f32(from);
        return {vcvt_f64_f32(vget_low_f32(four)), vcvt_high_f64_f32(four)};
    }
    void store(double* to) const {
        vst1q_f64(to, low);
        vst1q_f64(to + 2, high);
    }
    friend Pack operator+(const Pack& a, const Pack& b) { return {vaddq_f64(a.low, b.low), vaddq_f64(a.high, b.high)}; }
    friend Pack operator-(const Pack& a, const Pack& b) { return {vsubq_f64(a.low, b.low), vsubq_f64(a.high, b.high)}; }
    friend Pack operator*(const Pack& a, const Pack& b) { return {vmulq_f64(a.low, b.low), vmulq_f64(a.high, b.high)}; }
    void add_product(const Pack& a, const Pack& b) {
        low = vfmaq_f64(low, a.low, b.low);
        high = vfmaq_f64(high, a.high, b.high);
    }
    static Pack where_equal(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        return {vbslq_f64(vceqq_f64(a.low, b.low), x.low, y.low), vbslq_f64(vceqq_f64(a.high, b.high), x.high, y.high)};
    }
    static Pack where_beats(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        const auto beats = [](float64x2_t left, float64x2_t right) {
            const uint64x2_t at_most = vcleq_f64(left, right);
            return vbicq_u64(vceqq_f64(right, right), at_most);
        };
        return {vbslq_f64(beats(a.low, b.low), x.low, y.low), vbslq_f64(beats(a.high, b.high), x.high, y.high)};
    }
    /// a0+a2 a1+a3 b0+b2 b1+b3
    static Pack fold_twos(const Pack& a, const Pack& b) { return {vaddq_f64(a.low, a.high), vaddq_f64(b.low, b.high)}; }
    /// a0+a1 b0+b1 a2+a3 b2+b3
    static Pack fold_ones(const Pack& a, const Pack& b) {
        return {vpaddq_f64(a.low, b.low), vpaddq_f64(a.high, b.high)};
    }
};

/// Of 8 x 8 values, by four blocks of 4 x 4: pairs of rows, then pairs of pairs.
inline void transpose_eight(const float* in, Index in_step, float* out, Index out_step) {
    for (Index i = 0; i < 8; i += 4) {
        for (Index j = 0; j < 8; j += 4) {
            const auto row = [&](Index k) { return vld1q_f32(in + (i + k) * in_step + j); };
            const auto put = [&](Index k, float64x2_t four) {
                vst1q_f32(out + (j + k) * out_step + i, vreinterpretq_f32_f64(four));
            };
            const auto pairs = [](float32x4_t four) { return vreinterpretq_f64_f32(four); };
            const float64x2_t even01 = pairs(vtrn1q_f32(row(0), row(1)));  // 00 10 02 12
            const float64x2_t odd01 = pairs(vtrn2q_f32(row(0), row(1)));   // 01 11 03 13
            const float64x2_t even23 = pairs(vtrn1q_f32(row(2), row(3)));
            const float64x2_t odd23 = pairs(vtrn2q_f32(row(2), row(3)));
            put(0, vtrn1q_f64(even01, even23));
            put(1, vtrn1q_f64(odd01, odd23));
            put(2, vtrn2q_f64(even01, even23));
            put(3, vtrn2q_f64(odd01, odd23));
        }
    }
}

/// Tells the processor that a loop waits: for as long as it takes to empty its pipeline, as `yield` is no pause at all.
inline void pause_in_loop() { asm volatile("isb"); }

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
